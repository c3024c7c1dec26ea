import { expect, test } from 'vitest';
import { judgeClock } from '#backend/diagnostics/checks/clock';
import { judgeRoom } from '#backend/diagnostics/checks/disk';
import { judgeMemory } from '#backend/diagnostics/checks/memory';
import { readProxies } from '#backend/diagnostics/proxy';
import { addressRanges, findClashes, overlap, routedRanges } from '#backend/diagnostics/subnets';

test.each([
  [300, 'ok'],
  [-4_000, 'ok'],
  [41_000, 'warning'],
  [-120_000, 'failed'],
])('a clock that is %d ms ahead is %s', (ahead, result) => {
  expect(judgeClock(ahead, false).result).toBe(result);
});

test('Gantry sets the clock of its own engine; for another one there is a command', () => {
  expect(judgeClock(-41_000, true).fix).toMatchObject({ label: 'Set the clock', input: { repair: 'clock' } });
  expect(judgeClock(-41_000, false).fix).toMatchObject({ kind: 'copy' });
});

test('room and memory that run out are told, with a way to make some', () => {
  const at = { what: 'your home folder', path: '/home/me' };
  expect(judgeRoom({ ...at, bytes: 22.8e9 })).toMatchObject({ result: 'ok', fact: '22.8 GB free' });
  expect(judgeRoom({ ...at, bytes: 3e9 })).toMatchObject({ result: 'warning', fix: { page: 'images' } });
  expect(judgeRoom({ ...at, bytes: 5e8 }).result).toBe('failed');
  expect(judgeMemory(4e9, true).result).toBe('ok');
  expect(judgeMemory(1e8, true)).toMatchObject({ result: 'warning', fix: { target: 'resources' } });
});

test.each([
  ['10.0.0.0/8', '10.3.0.0/24', true],
  ['10.3.0.0/24', '10.0.0.0/8', true],
  ['172.17.0.0/16', '172.18.0.0/16', false],
  ['fd00::/8', 'fd12::/64', true],
  ['fd00::/8', '10.0.0.0/8', false],
  ['no range', '10.0.0.0/8', false],
  ['10.0.0.0/99', '10.0.0.0/8', false],
])('%s and %s overlap: %s', (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
});

const network = (name: string, subnet: string, gateway: string) => ({
  id: name,
  name,
  predefined: false,
  subnets: [{ subnet, gateway }],
});

test('a VPN’s route clashes with a network, the engine’s own bridge does not', () => {
  const table = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'tun0\t000014AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    'br-a\t000012AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
  ].join('\n');
  // No container is on the bridge: Node does not list it, and the program of the system does.
  const printed = JSON.stringify([
    { ifname: 'lo', addr_info: [{ local: '127.0.0.1', prefixlen: 8 }] },
    { ifname: 'br-a', operstate: 'DOWN', addr_info: [{ local: '172.18.0.1', prefixlen: 16 }] },
    { ifname: 'tun0' },
  ]);
  const ranges = [...addressRanges(printed), ...routedRanges(table)];
  expect(ranges.map(({ cidr }) => cidr)).toEqual(['172.18.0.1/16', '172.20.0.0/16', '172.18.0.0/16']);
  const clashes = findClashes(
    [network('shop', '172.18.0.0/16', '172.18.0.1'), network('lab', '172.20.5.0/24', '172.20.5.1')],
    ranges,
  );
  expect(clashes).toMatchObject([{ network: { name: 'lab' }, range: { interface: 'tun0' } }]);
});

test('proxies that make no sense are told, and their passwords are not', () => {
  expect(readProxies({})).toEqual({ proxy: null, faults: [] });
  const good = readProxies({ HTTPS_PROXY: 'http://me:hunter2@proxy.example:3128', NO_PROXY: 'localhost' });
  expect(good).toEqual({ proxy: 'http://proxy.example:3128', faults: [] });
  const bad = readProxies({ HTTP_PROXY: 'ftp://hunter2', http_proxy: 'x', HTTPS_PROXY: 'http://' });
  expect(bad.faults).toHaveLength(3);
  expect(JSON.stringify(bad)).not.toContain('hunter2');
  expect(readProxies({ HTTP_PROXY: 'proxy:3128' }).faults).toEqual([
    {
      text: 'NO_PROXY does not name localhost, so calls to this computer may go to the proxy.',
      command: 'export NO_PROXY="localhost,127.0.0.1,::1"; export no_proxy="$NO_PROXY"',
    },
  ]);
});
