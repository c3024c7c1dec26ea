import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { VmSettings, VmUsage } from '#contract';
import { createDisk, discardUnformatted, growDisk, hostBytes, openDisk } from './disk/disk';
import type { Guest } from './guest';
import type { Places } from './places';

/**
 * The data disk, created if there never was one, and grown if the settings ask for more. No machine may be using it.
 * `grown`: the file system inside is smaller, and grows when the guest is told to.
 */
export async function readyDisk(
  places: Places,
  settings: VmSettings,
  signal: AbortSignal,
): Promise<{ path: string; grown: boolean }> {
  await discardUnformatted(places.diskRecord);
  const disk = await openDisk(places.diskRecord);
  if (!disk) {
    const folder = settings.diskFolder ?? places.diskFolder;
    const { path } = await createDisk(places.diskRecord, folder, settings.diskGiB);
    return { path, grown: false };
  }
  await growDisk(disk, settings.diskGiB, null, signal);
  return { path: disk.path, grown: settings.diskGiB * 1024 ** 3 > disk.sizeBytes };
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

/** Gives blocks that the guest no longer uses back to this computer. Bytes by which the file shrank. */
export async function trimDisk(guest: Guest, places: Places): Promise<{ freedBytes: number }> {
  const before = (await diskFacts(places))?.hostBytes ?? 0;
  await guest.link.trim(guest.signal);
  const after = (await diskFacts(places))?.hostBytes ?? 0;
  return { freedBytes: Math.max(0, before - after) };
}
