import type { Container } from '#contract';
import type { ProblemContext } from '../catalogue/entry';
import { insteadOf, nextFreePort, portHolder } from './ports';

/** The port of this computer that the engine says it cannot have. */
const blocked =
  /Bind for \S+?:(\d+) failed|(?:bind|listen)[^\n]*?:(\d+)[^\n]*(?:address already in use|permission denied|access permissions)|expose privileged port (\d+)/;

/**
 * Who has the port that kept a container from starting, and which one is free instead; nothing when it was no port.
 * @param said what the engine said
 * @param around the containers, and whether published ports open on this computer; `id` of the one that did not start
 */
export async function blockedPort(
  said: string,
  { containers, local, id }: { containers: Iterable<Container>; local: boolean; id: string },
): Promise<Pick<ProblemContext, 'holder' | 'freePort'>> {
  const match = blocked.exec(said);
  const port = Number(match?.[1] ?? match?.[2] ?? match?.[3]);
  if (!match || port > 65535) return {};
  const protocol = /\/udp|\budp/.test(said) ? 'udp' : 'tcp';
  const others = [...containers].filter((container) => container.id !== id);
  const holder = portHolder(others, { hostIp: '0.0.0.0', hostPort: port, protocol });
  const search = { containers: others, reserved: new Set([port]), local };
  const freePort = await nextFreePort(insteadOf(port), protocol, search);
  return {
    ...(holder ? { holder: { id: holder.id, name: holder.name } } : {}),
    ...(freePort ? { freePort } : {}),
  };
}
