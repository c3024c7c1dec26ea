import type { Container, RunSpec } from '#contract';
import type { ProblemContext } from '../catalogue/entry';
import { programAt } from './port-program';
import { insteadOf, nextFreePort, type PortSearch, portHolder } from './ports';

export type BlockedPort = Pick<ProblemContext, 'holder' | 'freePort' | 'program'>;

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
  const program = search.local && !holder && protocol === 'tcp' ? await programAt(hostPort) : null;
  return {
    ...(holder ? { holder: { id: holder.id, name: holder.name } } : {}),
    ...(freePort ? { freePort } : {}),
    ...(program ? { program } : {}),
  };
}

/**
 * Who or what has the port that kept a container from starting, and which one is free instead; nothing when it was no
 * port.
 * @param said what the engine said
 * @param around the containers, and whether published ports open on this computer; `id` of the one that did not start
 */
export async function blockedPort(
  said: string,
  { containers, local, id }: { containers: Iterable<Container>; local: boolean; id: string },
): Promise<BlockedPort> {
  const match = blocked.exec(said);
  const hostPort = Number(match?.[1] ?? match?.[2] ?? match?.[3]);
  if (!match || hostPort > 65535) return {};
  const protocol = /\/udp|\budp/.test(said) ? 'udp' : 'tcp';
  const others = [...containers].filter((container) => container.id !== id);
  const search = { containers: others, reserved: new Set([hostPort]), local };
  return aboutPort({ hostIp: '0.0.0.0', hostPort, protocol }, search);
}
