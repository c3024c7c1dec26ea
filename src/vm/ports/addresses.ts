import { isIPv6 } from 'node:net';

/** An address to listen on. */
export interface ListenAddress {
  address: string;
  /** A system without this family of addresses does not have to listen on it. */
  optional: boolean;
}

/** Whether a port is published without naming one of this computer's addresses. */
export function isAnyAddress(hostAddress: string): boolean {
  return hostAddress === '' || hostAddress === '0.0.0.0' || hostAddress === '::';
}

/**
 * Where to listen for a published port. Without an address it is this computer alone, by both of its loopback
 * addresses as `localhost` may mean either, or everybody who reaches this computer if the user wishes so.
 */
export function listenAddresses(hostAddress: string, where: 'loopback' | 'network'): ListenAddress[] {
  if (!isAnyAddress(hostAddress)) return [{ address: hostAddress, optional: false }];
  const [four, six] = where === 'network' ? ['0.0.0.0', '::'] : ['127.0.0.1', '::1'];
  return [
    { address: four, optional: false },
    { address: six, optional: true },
  ];
}

/** Codes of systems without IPv6. */
const noSuchFamily = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'];

export function isMissingFamily({ optional }: ListenAddress, code: string): boolean {
  return optional && noSuchFamily.includes(code);
}

export const familyOf = (address: string): 4 | 6 => (isIPv6(address) ? 6 : 4);
