import { guestPath } from '#contract/guest-path';
import { ProblemError } from '#contract/problem';
import { openDisk } from './disk/disk';
import type { Guest } from './guest';
import { preparedImage } from './image';
import { machineConfig } from './machine-config';
import type { Places } from './places';
import { foldersInUse } from './problems';
import { qemuArguments } from './qemu/arguments';
import { nothing } from './qemu/qmp';
import { stateBinding, suspendTo } from './qemu/suspend';
import { isWithin } from './shares/paths';
import { plugShares, unplugShares } from './shares/plug';

/** Running containers that have a folder of this computer mounted: a connection that cannot be frozen. */
async function assertFoldersUnused({ engine, facts, signal }: Guest): Promise<void> {
  const running = await engine.running(signal);
  const users = running.filter(({ binds }) =>
    binds.some((path) => facts.folders.some((folder) => isWithin(path, guestPath(folder.path)))),
  );
  if (users.length > 0) throw new ProblemError(foldersInUse(users.map(({ name }) => name)));
}

/** What a state of this machine is bound to. */
export async function bindingOf(facts: Guest['facts'], places: Places, image: string): Promise<string> {
  const disk = await openDisk(places.diskRecord);
  if (!disk) throw new Error('The data disk is not there');
  const files = { image: await preparedImage(image, facts.imageId, places), disk: disk.path, places };
  const args = qemuArguments(await machineConfig(facts, files, [], null), { platform: process.platform });
  return stateBinding({
    qemuVersion: facts.qemuVersion,
    args,
    imageId: facts.imageId,
    diskGeneration: disk.generation,
  });
}

/**
 * Freezes the machine into its state file and ends QEMU. When that is not possible, the machine goes on.
 * @throws ProblemError
 */
export async function suspendGuest(
  guest: Guest,
  places: Places,
  image: string,
  signal: AbortSignal,
): Promise<void> {
  const { facts, link, qmp } = guest;
  await assertFoldersUnused(guest);
  const machine = { qmp, link, places, facts };
  await unplugShares(machine, signal);
  try {
    // What the guest has cached of its disk need not be written out and read in again.
    await link.runText(['sh', '-c', 'sync; echo 3 > /proc/sys/vm/drop_caches'], signal);
    const binding = await bindingOf(facts, places, image);
    await suspendTo({
      qmp,
      pid: guest.process.pid,
      file: places.stateFile,
      socket: places.stateSocket,
      binding,
      signal,
    });
  } catch (error) {
    await plugShares(machine, signal);
    throw error;
  }
  await qmp.execute('quit', {}, nothing).catch(() => guest.process.kill());
  await guest.exited;
  guest.release();
}
