import { describe, expect, it } from 'vitest';
import { toProblem } from '#engine/problems';
import { refusal } from '#vm/ports/refusal';

const failure = { address: '127.0.0.1', port: 80, protocol: 'tcp' as const, code: 'EACCES' };

describe('the reason why a port cannot be opened', () => {
  it('says how an ordinary user may open a low port', () => {
    expect(refusal(failure, 'linux')).toBe(
      'bind 127.0.0.1:80: permission denied (EACCES). An ordinary user may not open port 80 on this computer. ' +
        'Allow it with "sudo sysctl net.ipv4.ip_unprivileged_port_start=80", or publish a port from 1024 on.',
    );
    expect(refusal(failure, 'darwin')).not.toContain('sysctl');
  });

  it('names the port and what to do when it is taken', () => {
    expect(refusal({ ...failure, address: '::1', port: 8080, code: 'EADDRINUSE' })).toBe(
      'bind :8080 on ::1: address already in use (EADDRINUSE). Another program on this computer uses TCP port 8080: ' +
        'end it, or publish another port.',
    );
  });

  it('has the code of what it does not know', () => {
    expect(refusal({ ...failure, code: 'EMFILE' })).toContain('EMFILE');
  });

  it.each([
    ['EADDRINUSE', '127.0.0.1', 'Port 8080 is used by another program on this computer'],
    ['EADDRINUSE', '::1', 'Port 8080 is used by another program on this computer'],
    ['EACCES', '::1', 'The engine may not open port 8080'],
  ])('is recognized when docker passes %s on', (code, address, title) => {
    const why = refusal({ ...failure, port: 8080, code, address });
    const message = `driver failed programming external connectivity on endpoint x (abc): Error starting userland proxy: ${why}`;
    // As docker-modem throws what the engine answered.
    const error = Object.assign(new Error(`(HTTP code 500) server error - ${message} `), {
      statusCode: 500,
      json: { message },
    });
    expect(toProblem(error).title).toBe(title);
  });
});
