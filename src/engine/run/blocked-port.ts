import type { RunSpec } from '#contract';
import type { ProblemContext } from '../catalogue/entry';
import { programAt } from './port-program';
import { insteadOf, neighbourAt, nextFreePort, type PortSearch, portHolder } from './ports';

export type BlockedPort = Pick<ProblemContext, 'holder' | 'freePort' | 'program' | 'neighbour'>;

/** The port of this computer that the engine says it cannot have. */
const blocked =
  /Bind for \S+?:(\d+) failed|(?:bind|listen)[^\n]*?:(\d+)[^\n]*(?:address already in use|permission denied|access permissions)|expose privileged port (\d+)/;

/** Who or what has a port, and which one is free instead. */
export async function aboutPort(
  port: Pick<RunSpec['ports'][number], 'hostIp' | 'protocol'> & { hostPort: number },
  search: PortSearch,
): Promise<BlockedPort> {
  const { hostPort, protocol } = port;
  const holder = portHolder(search.containers, port);
  const freePort = await nextFreePort(insteadOf(hostPort), protocol, search);
  const neighbour = holder ? null : neighbourAt(search, port);
  const program =
    search.local && !holder && !neighbour && protocol === 'tcp' ? await programAt(hostPort) : null;
  return {
    ...(holder ? { holder: { id: holder.id, name: holder.name } } : {}),
    ...(neighbour ? { neighbour } : {}),
    ...(freePort ? { freePort } : {}),
    ...(program ? { program } : {}),
  };
}

/**
 * Who or what has the port that kept a container from starting, and which one is free instead; nothing when it was no
 * port.
 * @param said what the engine said
 * @param around what has ports already; `id` of the container that did not start
 */
export async function blockedPort(
  said: string,
  { containers, id, ...around }: Omit<PortSearch, 'reserved'> & { id: string },
): Promise<BlockedPort> {
  const match = blocked.exec(said);
  const hostPort = Number(match?.[1] ?? match?.[2] ?? match?.[3]);
  if (!match || hostPort > 65535) return {};
  const protocol = /\/udp|\budp/.test(said) ? 'udp' : 'tcp';
  const others = [...containers].filter((container) => container.id !== id);
  const search = { ...around, containers: others, reserved: new Set([hostPort]) };
  return aboutPort({ hostIp: '0.0.0.0', hostPort, protocol }, search);
}
