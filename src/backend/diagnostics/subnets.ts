import { BlockList, isIP } from 'node:net';
import type { networkInterfaces } from 'node:os';
import { z } from 'zod';
import type { Network } from '#contract';

/** A range of addresses that this computer reaches through one of its interfaces. */
export interface HostRange {
  interface: string;
  cidr: string;
  /** This computer's own address in it; absent for a range that only a route tells. */
  address?: string;
}

export interface Clash {
  network: Pick<Network, 'id' | 'name' | 'predefined'>;
  subnet: string;
  range: HostRange;
}

function blockOf(cidr: string): { list: BlockList; base: string; family: 'ipv4' | 'ipv6' } | null {
  const [base = '', bits = ''] = cidr.split('/');
  const kind = isIP(base);
  const prefix = Number(bits);
  if (kind === 0 || bits === '' || !Number.isInteger(prefix) || prefix > (kind === 4 ? 32 : 128)) return null;
  const family = kind === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(base, prefix, family);
  return { list, base, family };
}

/** Whether two ranges have an address in common: then one holds the other's first. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [blockOf(one), blockOf(other)];
  if (!a || !b || a.family !== b.family) return false;
  return a.list.check(b.base, b.family) || b.list.check(a.base, a.family);
}

export function rangesOf(interfaces: ReturnType<typeof networkInterfaces>): HostRange[] {
  return Object.entries(interfaces).flatMap(([name, list = []]) =>
    list
      // Every interface has the same link-local range of IPv6.
      .filter(({ internal, cidr, address }) => !internal && cidr && !/^fe80:/i.test(address))
      .map(({ cidr, address }) => ({ interface: name, cidr: cidr ?? '', address })),
  );
}

/** `/proc/net/route` has addresses as hexadecimal numbers, their bytes in reverse order. */
function dotted(hex: string): string {
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}

const linkAddresses = z.array(
  z.object({
    ifname: z.string(),
    addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number() })).default([]),
  }),
);

/**
 * What `ip -json -4 address` prints. Node leaves out interfaces without a carrier, such as an engine's bridge once its
 * last container has gone.
 */
export function addressRanges(printed: string): HostRange[] {
  return linkAddresses
    .parse(JSON.parse(printed))
    .flatMap(({ ifname, addr_info }) =>
      addr_info.map(({ local, prefixlen }) => ({
        interface: ifname,
        cidr: `${local}/${prefixlen}`,
        address: local,
      })),
    )
    .filter(({ interface: name }) => name !== 'lo');
}

/** Ranges of Linux' routing table for IPv4: a VPN mostly tells its ranges in routes alone. */
export function routedRanges(table: string): HostRange[] {
  return table
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name = '', destination = '', , , , , , mask = ''] = line.trim().split(/\s+/);
      // The way to everything else clashes with nothing.
      if (!/^[\dA-F]{8}$/.test(destination) || !/^[\dA-F]{8}$/.test(mask) || mask === '00000000') return [];
      const bits = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length;
      return [{ interface: name, cidr: `${dotted(destination)}/${bits}` }];
    });
}

/**
 * Networks whose addresses this computer also reaches elsewhere. An interface that has a network's gateway address is
 * the engine's own bridge, here or of another engine, and no clash.
 */
export function findClashes(
  networks: Iterable<Pick<Network, 'id' | 'name' | 'predefined' | 'subnets'>>,
  ranges: readonly HostRange[],
): Clash[] {
  const all = [...networks];
  const gateways = new Set(all.flatMap(({ subnets }) => subnets.map(({ gateway }) => gateway)));
  const bridges = new Set(
    ranges.flatMap((range) => (gateways.has(range.address ?? '') ? [range.interface] : [])),
  );
  const others = ranges.filter((range) => !bridges.has(range.interface));
  return all.flatMap(({ id, name, predefined, subnets }) =>
    subnets.flatMap(({ subnet }) => {
      const range = others.find(({ cidr }) => overlap(cidr, subnet));
      return range ? [{ network: { id, name, predefined }, subnet, range }] : [];
    }),
  );
}
