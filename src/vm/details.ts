import { existsSync } from 'node:fs';
import type { VmDetails, VmUsage } from '#contract';
import { diskFacts } from './data-disk';
import { contextName } from './docker-context';
import { type Guest, guestFacts } from './guest';
import { readManifest } from './image';
import { guestUsedBytes, hostHeldBytes } from './memory';
import type { Places } from './places';
import type { Ports } from './ports/ports';
import { readRecord } from './records';
import { lastSerial } from './serial';
import { stepTitle } from './state';
import type { TimeLine } from './states';

const serialBytes = 64 * 1024;

export async function readUsage(places: Places, guest: Guest | null): Promise<VmUsage> {
  const disk = await diskFacts(places);
  if (!guest) return { memory: null, disk: disk && { ...disk, guestUsedBytes: null } };
  const [facts, hostHeld] = await Promise.all([
    guest.link.facts(guest.signal),
    hostHeldBytes(guest.process.pid),
  ]);
  return {
    memory: {
      guestUsedBytes: await guestUsedBytes(guest, facts, guest.signal),
      guestTotalBytes: facts.memoryTotalBytes,
      hostHeldBytes: hostHeld,
    },
    disk: disk && { ...disk, guestUsedBytes: facts.diskUsedBytes },
  };
}

/** @param begun the steps so far of a start that is under way */
export async function readDetails(
  places: Places,
  image: string | null,
  guest: Guest | null,
  begun: TimeLine,
  ports: Ports,
): Promise<VmDetails> {
  const manifest = image === null ? null : await readManifest(image).catch(() => null);
  const facts = guest?.facts ?? (await readRecord(places.machine, guestFacts));
  const timeLine = begun.length > 0 ? begun : (facts?.timeLine ?? []);
  return {
    guest: manifest && {
      id: manifest.id,
      arch: manifest.arch,
      builtAt: manifest.builtAt,
      packages: manifest.packages,
    },
    qemuVersion: facts?.qemuVersion ?? null,
    timeLine: timeLine.map((entry) => ({ ...entry, title: stepTitle(entry.step) })),
    serialLog: existsSync(places.serialLog) ? await lastSerial(places.serialLog, serialBytes) : '',
    ports: ports.list(),
    context: contextName,
    socket: places.dockerSocket,
  };
}
