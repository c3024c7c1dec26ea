import { createServer } from 'node:net';
import type { Container, RunSpec } from '#contract';
import type { Neighbour } from '../beside';

type Port = RunSpec['ports'][number];

/** Usual stand-ins for ports that only the system's own services should have. */
const standIns: Record<number, number> = { 21: 2121, 22: 2222, 25: 2525, 53: 5353, 80: 8080, 443: 8443 };

/** Which port of this computer to try first for a port of a container. */
export const firstChoice = (containerPort: number): number =>
  containerPort >= 1024 ? containerPort : (standIns[containerPort] ?? 8000 + containerPort);

/** Where to look for another port: not among the system's own, which the engine may not be allowed to open. */
export const insteadOf = (port: number): number => (port < 1024 ? firstChoice(port) : port + 1);

const isWildcard = (ip: string) => ip === '0.0.0.0' || ip === '::' || ip === '';
const overlaps = (one: string, other: string) => isWildcard(one) || isWildcard(other) || one === other;

/** The container that has this port of this computer now. */
export function portHolder(
  containers: Iterable<Container>,
  { hostIp, hostPort, protocol }: Pick<Port, 'hostIp' | 'hostPort' | 'protocol'>,
): Container | undefined {
  for (const container of containers) {
    const has = container.ports.some(
      (taken) =>
        taken.hostPort === hostPort && taken.protocol === protocol && overlaps(taken.hostIp ?? '', hostIp),
    );
    if (has) return container;
  }
  return undefined;
}

/**
 * Whether a program of this computer listens on this TCP port, found by listening there for a moment. Being refused
 * for another reason (a port below 1024, an address that is not of this computer) says nothing.
 */
export function usedByProgram(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(false)));
  });
}

export interface PortSearch {
  containers: Iterable<Container>;
  /** Ports that this run has for something else already. */
  reserved: ReadonlySet<number>;
  /** Whether published ports open on this computer, so that its programs matter. */
  local: boolean;
  /** The engine beside this one, whose containers have ports of this computer as well. */
  neighbour: Neighbour | null;
}

/** The container of the other engine on this computer that has this port. */
export function neighbourAt(
  { local, neighbour }: Pick<PortSearch, 'local' | 'neighbour'>,
  port: Parameters<typeof portHolder>[1],
): { name: string; engine: string } | null {
  const holder = local && neighbour ? portHolder(neighbour.containers.values(), port) : undefined;
  return holder && neighbour ? { name: holder.name, engine: neighbour.name } : null;
}

/** How far to look; more than that many taken in a row does not happen by chance. */
const FAR = 200;

/** The first free port of this computer from `from` upwards; null when none is near. */
export async function nextFreePort(
  from: number,
  protocol: Port['protocol'],
  { containers, reserved, local, neighbour }: PortSearch,
): Promise<number | null> {
  const known = [...containers];
  const last = Math.min(from + FAR, 65535);
  for (let port = from; port <= last; port += 1) {
    const wanted = { hostIp: '0.0.0.0', hostPort: port, protocol };
    if (reserved.has(port) || portHolder(known, wanted) || neighbourAt({ local, neighbour }, wanted))
      continue;
    if (local && protocol === 'tcp' && (await usedByProgram(port))) continue;
    return port;
  }
  return null;
}
