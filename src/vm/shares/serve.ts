import { stat } from 'node:fs/promises';
import type { VmSettings } from '#contract';
import type { Places } from '../places';
import type { Share } from '../qemu/machine-config';
import { startVirtiofsd, type VirtiofsServer } from './virtiofsd';

type Folders = VmSettings['folders'];

/**
 * The folders of the settings that are there; one that was deleted or is on a disk that is not plugged in is left
 * out. A folder that is below another one comes after it, so that it is mounted over that one's.
 */
export async function presentFolders(folders: Folders): Promise<Folders> {
  const present = await Promise.all(
    folders.map(({ path }) =>
      stat(path).then(
        (entry) => entry.isDirectory(),
        () => false,
      ),
    ),
  );
  const byPath = (one: Folders[number], other: Folders[number]) => (one.path < other.path ? -1 : 1);
  return folders.filter((_, index) => present[index]).sort(byPath);
}

/** The name by which the guest mounts the folder with this number. */
export const shareTag = (index: number) => `share-${index}`;

/** Starts what serves the folder with this number to a machine. The server ends with the machine that it serves. */
export async function serveShare(
  virtiofsd: VirtiofsServer,
  { path, writable }: Folders[number],
  index: number,
  places: Places,
  signal: AbortSignal,
): Promise<Share> {
  const socket = places.shareSocket(index);
  await startVirtiofsd({ virtiofsd, folder: path, writable, socket, signal });
  return { tag: shareTag(index), socket };
}
