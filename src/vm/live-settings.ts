import type { VmSettings } from '#contract';
import { growDisk, openDisk } from './disk/disk';
import type { Guest } from './guest';
import { setHostAccess } from './host-access';
import type { Places } from './places';

/** Carries out what changed settings change at once: the disk's size, and whether containers reach this computer. */
export async function applyLive(
  settings: VmSettings,
  before: VmSettings,
  guest: Guest | null,
  places: Places,
  signal: AbortSignal,
): Promise<void> {
  // A machine that is off gets the larger disk with its next start.
  if (guest && settings.diskGiB > before.diskGiB) {
    const disk = await openDisk(places.diskRecord);
    if (disk) await growDisk(disk, settings.diskGiB, guest.qmp, signal);
    await guest.link.grow(guest.signal);
  }
  if (guest && settings.hostAccess !== before.hostAccess) await setHostAccess(guest, settings.hostAccess);
}
