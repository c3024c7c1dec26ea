import { Resolver } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { VmSettings } from '#contract';
import { ProblemError } from '#contract/problem';
import { codeOf } from '../diagnostics/check';
import { ipv6Only, leadsToTheVm, nameNotFound, nameServersFail, noWayToThisComputer } from './problems';

/** Names by which the VM's engine reaches this computer (src/guest/host-access.sh). */
const thisComputer = ['host.docker.internal', 'gateway.docker.internal'];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether the VM's engine would look for it in the VM itself. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host === 'localhost' || host.endsWith('.localhost');
  return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

export interface NameRules {
  /** The name servers of the settings; null asks this computer's. */
  dns: VmSettings['dns'];
  hostAccess: boolean;
  /** Whether the name stands in a form. */
  typed: boolean;
}

/**
 * The IPv4 address of a name, as the VM's engine learns it: from name servers alone, not from this computer's own list
 * of hosts; the VM has no IPv6. @throws ProblemError
 */
export async function addressOf(
  host: string,
  { dns, hostAccess, typed }: NameRules,
  signal: AbortSignal,
): Promise<string> {
  if (isLoopback(host)) throw new ProblemError(leadsToTheVm(host, typed));
  if (isIP(host) === 4) return host;
  if (isIP(host) === 6) throw new ProblemError(ipv6Only(host));
  if (thisComputer.includes(host)) {
    if (!hostAccess) throw new ProblemError(noWayToThisComputer(host));
    // Slirp carries what the VM sends to its gateway to this computer's loopback address.
    return '127.0.0.1';
  }
  const address = await ask(host, dns, signal);
  if (isLoopback(address)) throw new ProblemError(leadsToTheVm(host, typed));
  return address;
}

async function ask(host: string, dns: NameRules['dns'], signal: AbortSignal): Promise<string> {
  const resolver = new Resolver();
  if (dns && dns.length > 0) resolver.setServers(dns);
  const stop = () => resolver.cancel();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const [address] = await resolver.resolve4(host);
    if (address !== undefined) return address;
    throw new ProblemError(nameNotFound(host, 'ENODATA'));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProblemError) throw error;
    const code = codeOf(error);
    const unknown = code === 'ENOTFOUND' || code === 'ENODATA';
    throw new ProblemError(unknown ? nameNotFound(host, code) : nameServersFail(host, code));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
