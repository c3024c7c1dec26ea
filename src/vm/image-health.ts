import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GuestManifest } from '#guest/manifest';
import { digestOf } from './digest';
import { readManifest } from './image';
import { canBuildImage } from './image-build';
import type { Places } from './places';

export type ImageHealth =
  | { state: 'absent' }
  | { state: 'whole'; id: string }
  /** The packed image is whole, so that it can be unpacked again. */
  | { state: 'unpacked-damaged' }
  | { state: 'damaged'; file: string };

const unpackedRoot = ({ id }: GuestManifest, { images }: Places) => join(images, id, 'root.erofs');

async function isWhole(
  path: string,
  { sha256, bytes }: { sha256: string; bytes: number },
  signal: AbortSignal,
): Promise<boolean> {
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  );
  return size === bytes && (await digestOf(path, signal)) === sha256;
}

/** Looks at every file of the image in `folder`, and at the unpacked root if there is one. Changes nothing. */
export async function inspectGuestImage(
  folder: string,
  all: Places,
  signal: AbortSignal,
): Promise<ImageHealth> {
  const manifest = await readManifest(folder).catch(() => 'damaged' as const);
  if (manifest === null) return { state: 'absent' };
  if (manifest === 'damaged') return { state: 'damaged', file: join(folder, 'manifest.json') };
  for (const [name, expected] of Object.entries(manifest.files)) {
    const path = join(folder, name);
    if (!(await isWhole(path, expected, signal))) return { state: 'damaged', file: path };
  }
  const root = unpackedRoot(manifest, all);
  if (existsSync(root) && !(await isWhole(root, manifest.root, signal))) return { state: 'unpacked-damaged' };
  return { state: 'whole', id: manifest.id };
}

/** Deletes what is damaged and can be made anew: by unpacking, or by its recipe in a copy of the source. */
export async function mendGuestImage(folder: string, all: Places, signal: AbortSignal): Promise<void> {
  const { state } = await inspectGuestImage(folder, all, signal);
  if (state === 'unpacked-damaged') await rm(all.images, { recursive: true, force: true });
  // Without it there is no image, and the next start makes one.
  else if (state === 'damaged' && canBuildImage(folder)) await rm(join(folder, 'manifest.json'));
}
