import { describe, expect, it } from 'vitest';
import { chooseNetwork, interfaceNetworks, routedNetworks } from '#vm/qemu/guest-network';

describe('the network of the guest', () => {
  it('has the numbers that slirp gives itself', () => {
    expect(chooseNetwork(['192.168.1.0/24'])).toEqual({
      block: '198.18.127.0/24',
      gateway: '198.18.127.2',
      dns: '198.18.127.3',
      guest: '198.18.127.15',
    });
  });

  it('avoids what covers it, what lies in it, and ignores the default route', () => {
    expect(chooseNetwork(['0.0.0.0/0']).block).toBe('198.18.127.0/24');
    expect(chooseNetwork(['198.18.0.0/15']).block).toBe('192.168.127.0/24');
    expect(chooseNetwork(['198.18.127.9/32', '192.168.0.0/16']).block).toBe('10.231.127.0/24');
    expect(chooseNetwork(['198.18.0.0/15', '192.168.0.0/16', '10.0.0.0/8']).block).toBe('172.30.127.0/24');
  });

  it('takes its neighbour for another network', () => {
    expect(chooseNetwork(['198.18.126.0/24', '198.18.128.0/24']).block).toBe('198.18.127.0/24');
  });

  it('takes the first where all are taken', () => {
    expect(chooseNetwork(['128.0.0.0/1', '0.0.0.0/1']).block).toBe('198.18.127.0/24');
  });

  it('reads the networks of interfaces', () => {
    const base = { netmask: '', mac: '', scopeid: 0 };
    expect(
      interfaceNetworks({
        lo: [{ ...base, family: 'IPv4', address: '127.0.0.1', internal: true, cidr: '127.0.0.1/8' }],
        eth0: [
          { ...base, family: 'IPv4', address: '10.1.2.3', internal: false, cidr: '10.1.2.3/8' },
          { ...base, family: 'IPv6', address: 'fe80::1', internal: false, cidr: 'fe80::1/64' },
        ],
      }),
    ).toEqual(['10.1.2.3/8']);
  });

  it("reads Linux's routes", () => {
    const table = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0',
      'tun0\t0000120A\t00000000\t0001\t0\t0\t0\t0000FEFF\t0\t0\t0',
      '',
    ].join('\n');
    expect(routedNetworks(table)).toEqual(['0.0.0.0/0', '10.18.0.0/15']);
  });
});
