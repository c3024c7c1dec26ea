import { stat } from 'node:fs/promises';
import type { VmSettings } from '#contract';
import type { Places } from '../places';
import type { Share } from '../qemu/machine-config';
import { findVirtiofsd, type Virtiofsd } from '../qemu/programs';
import { possibleOwners, startVirtiofsd } from './virtiofsd';

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

/**
 * How folders get into the guest: by a virtiofsd beside QEMU, or from the keeper through the link. QEMU's own 9p is
 * not used: QEMU for Windows lacks it, and a suspended machine could not be given its folders again, as there is no
 * order that adds an `fsdev` to a machine that runs.
 */
export type Way = Virtiofsd | 'link';

/**
 * How folders are shared on this computer. Some distributions forbid virtiofsd the user namespace that it needs.
 * @param env with `GANTRY_SHARING=link`, the way of macOS and Windows is tried out on Linux
 */
export async function sharing(env = process.env): Promise<Way> {
  const virtiofsd = env.GANTRY_SHARING === 'link' ? null : await findVirtiofsd();
  return virtiofsd && (await possibleOwners(virtiofsd.kind)) ? virtiofsd : 'link';
}

/** The name by which the guest mounts the folder with this number. */
export const shareTag = (index: number) => `share-${index}`;

/** What the guest calls it (src/guest/share.sh). */
export const wayName = (way: Way) => (way === 'link' ? way : 'virtiofs');

/**
 * Starts what serves the folder with this number to a machine; the server ends with the machine that it serves. Null
 * when the machine needs no device for it, because the guest fetches its files through the link.
 */
export async function serveShare(
  way: Way,
  { path, writable }: Folders[number],
  index: number,
  places: Places,
  signal: AbortSignal,
): Promise<Share | null> {
  if (way === 'link') return null;
  const tag = shareTag(index);
  const socket = places.shareSocket(index);
  await startVirtiofsd({ virtiofsd: way, folder: path, writable, socket, signal });
  return { tag, socket };
}
