import { stat } from 'node:fs/promises';
import type { VmSettings } from '#contract';
import type { Places } from '../places';
import type { Share } from '../qemu/machine-config';
import { findVirtiofsd } from '../qemu/programs';
import { startVirtiofsd } from './virtiofsd';

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

/** Whether folders can be shared on this computer, and how. */
export async function sharing(platform = process.platform): Promise<'virtiofs' | '9p' | 'none'> {
  if (platform === 'darwin') return '9p';
  return (await findVirtiofsd()) ? 'virtiofs' : 'none';
}

/**
 * Starts what serves these folders to a machine, where `sharing` says that they can be. Each server ends with the
 * machine that it serves.
 */
export function serveShares(folders: Folders, places: Places, signal: AbortSignal): Promise<Share[]> {
  return Promise.all(folders.map((folder, index) => serveShare(folder, index, places, signal)));
}

/** The same for the folder with this number. */
export async function serveShare(
  { path, writable }: Folders[number],
  index: number,
  places: Places,
  signal: AbortSignal,
): Promise<Share> {
  const virtiofsd = await findVirtiofsd();
  const tag = `share-${index}`;
  if (!virtiofsd) return { kind: '9p', tag, folder: path, writable };
  const socket = places.shareSocket(index);
  await startVirtiofsd({ virtiofsd, folder: path, writable, socket, signal });
  return { kind: 'virtiofs', tag, socket };
}
