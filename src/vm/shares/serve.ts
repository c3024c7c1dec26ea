import { stat } from 'node:fs/promises';
import type { VmSettings } from '#contract';
import type { Places } from '../places';
import type { Share } from '../qemu/machine-config';
import { findVirtiofsd, type Virtiofsd } from '../qemu/programs';
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

/** How folders get into the guest: by a server beside QEMU, or by QEMU itself. */
export type Way = Virtiofsd | '9p';

/** How folders can be shared on this computer; null where they cannot. */
export async function sharing(platform = process.platform): Promise<Way | null> {
  return platform === 'darwin' ? '9p' : findVirtiofsd();
}

/** Starts what serves the folder with this number to a machine. The server ends with the machine that it serves. */
export async function serveShare(
  way: Way,
  { path, writable }: Folders[number],
  index: number,
  places: Places,
  signal: AbortSignal,
): Promise<Share> {
  const tag = `share-${index}`;
  if (way === '9p') return { kind: '9p', tag, folder: path, writable };
  const socket = places.shareSocket(index);
  await startVirtiofsd({ virtiofsd: way, folder: path, writable, socket, signal });
  return { kind: 'virtiofs', tag, socket };
}
