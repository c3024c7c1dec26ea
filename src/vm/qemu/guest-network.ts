import { readFile } from 'node:fs/promises';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** The IPv4 network between QEMU's user-mode network (slirp) and the guest. */
export interface GuestNetwork {
  /** `198.18.127.0/24` */
  block: string;
  /** This computer, as the guest sees it; its router, too. */
  gateway: string;
  /** Where slirp answers the guest's questions for names, with this computer's name servers. */
  dns: string;
  guest: string;
}

/**
 * In the order of trial. The first is from the range for measurements of network devices (RFC 2544), which is routed
 * nowhere; the others are from different private ranges, so that no single VPN can cover all of them.
 */
const blocks = ['198.18.127.0/24', '192.168.127.0/24', '10.231.127.0/24', '172.30.127.0/24', '10.0.2.0/24'];

interface Range {
  first: number;
  last: number;
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

function rangeOf(block: string): Range {
  const [address = '', bits = '32'] = block.split('/');
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(numberOf(address) / size) * size;
  return { first, last: first + size - 1 };
}

/**
 * The first block that touches none of `taken`; the first of all where every one does, as the guest must have some.
 * @param taken IPv4 networks in CIDR notation
 */
export function chooseNetwork(taken: string[]): GuestNetwork {
  // A default route touches everything and says nothing.
  const ranges = taken.filter((block) => !block.endsWith('/0')).map(rangeOf);
  const isFree = (block: string) => {
    const own = rangeOf(block);
    return ranges.every((range) => range.last < own.first || range.first > own.last);
  };
  const block = blocks.find(isFree) ?? '198.18.127.0/24';
  const { first } = rangeOf(block);
  // Slirp's own choice of numbers within its network.
  return { block, gateway: textOf(first + 2), dns: textOf(first + 3), guest: textOf(first + 15) };
}

/** IPv4 networks that this computer is in. */
export function interfaceNetworks(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .flatMap(({ family, internal, cidr }) => (family === 'IPv4' && !internal && cidr !== null ? [cidr] : []));
}

/**
 * IPv4 networks that this computer has routes to, which is how VPNs show themselves, from Linux's /proc/net/route:
 * the second column is the destination and the eighth the mask, as hexadecimal numbers with the first byte last.
 */
export function routedNetworks(table: string): string[] {
  const address = (field: string) => [6, 4, 2, 0].map((at) => Number.parseInt(field.slice(at, at + 2), 16));
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([, destination = '', , , , , , mask = '']) => {
      if (destination.length !== 8 || mask.length !== 8) return [];
      const bits = address(mask).reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
      return [`${address(destination).join('.')}/${bits}`];
    });
}

/** Networks of this computer that a guest's network must not cover. Routes are read on Linux alone. */
export async function hostNetworks(): Promise<string[]> {
  const routes =
    process.platform === 'linux' ? await readFile('/proc/net/route', 'utf8').catch(() => '') : '';
  return [...interfaceNetworks(networkInterfaces()), ...routedNetworks(routes)];
}
