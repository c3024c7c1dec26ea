import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { VmSettings, VmUsage } from '#contract';
import { createDisk, type Disk, discardUnformatted, growDisk, hostBytes, openDisk } from './disk/disk';
import type { Places } from './places';

/** The data disk, created if there never was one, and grown if the settings ask for more. No machine may be using it. */
export async function readyDisk(places: Places, settings: VmSettings, signal: AbortSignal): Promise<Disk> {
  await discardUnformatted(places.diskRecord);
  const disk = await openDisk(places.diskRecord);
  if (!disk) return createDisk(places.diskRecord, settings.diskFolder ?? places.diskFolder, settings.diskGiB);
  await growDisk(disk, settings.diskGiB, null, signal);
  return disk;
}

/** What can be told of the disk from this computer's side; null when there is none yet. */
export async function diskFacts(
  places: Places,
): Promise<Omit<NonNullable<VmUsage['disk']>, 'guestUsedBytes'> | null> {
  const disk = await openDisk(places.diskRecord);
  if (!disk) return null;
  const { bavail, bsize } = await statfs(dirname(disk.path));
  return {
    path: disk.path,
    sizeBytes: disk.sizeBytes,
    hostBytes: await hostBytes(disk.path),
    hostFreeBytes: bavail * bsize,
  };
}
