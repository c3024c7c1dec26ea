import { describe, expect, it } from 'vitest';
import { engineHostname, publishedPorts } from '#contract/published-ports';
import { aContainer } from '../../harness/a-container';

const ports = (...list: Parameters<typeof aContainer>[0]['ports'] & object) =>
  publishedPorts(aContainer({ ports: list }));
const tcp = (containerPort: number, hostPort: number, hostIp = '0.0.0.0') => ({
  containerPort,
  hostPort,
  hostIp,
  protocol: 'tcp' as const,
});

describe('published ports', () => {
  it('are links for the browser, once for IPv4 and IPv6', () => {
    expect(ports(tcp(80, 8080), tcp(80, 8080, '::'))).toMatchObject([{ url: 'http://localhost:8080' }]);
  });

  it('are https where TLS is usual', () => {
    expect(ports(tcp(443, 8443))[0]?.url).toBe('https://localhost:8443');
  });

  it('are no links where no web page answers', () => {
    expect(ports(tcp(5432, 5432))[0]).toMatchObject({ port: 5432, url: null });
    expect(ports({ ...tcp(53, 53), protocol: 'udp' })[0]?.url).toBeNull();
  });

  it('leave out what is only exposed', () => {
    expect(ports({ containerPort: 80, protocol: 'tcp' })).toEqual([]);
  });

  it('name the address when it is one of several', () => {
    expect(ports(tcp(80, 8080, '192.168.1.5'))[0]?.address).toBe('192.168.1.5:8080');
    expect(ports(tcp(80, 8080, 'fe80::1'))[0]?.address).toBe('[fe80::1]:8080');
  });

  it('lead to the engine’s computer when it is another one', () => {
    expect(engineHostname('unix:///var/run/docker.sock')).toBe('localhost');
    expect(engineHostname('tcp://127.0.0.1:2375')).toBe('localhost');
    expect(engineHostname('ssh://me@far.example:22')).toBe('far.example');
    expect(engineHostname('tcp://[fe80::1]:2375')).toBe('[fe80::1]');
  });
});
