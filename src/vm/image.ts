import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliDecompress } from 'node:zlib';
import type { Problem } from '#contract';
import { ProblemError } from '#contract/problem';
import { type GuestManifest, guestManifest } from '#guest/manifest';
import { digestOf } from './digest';
import { looksAsChecked, looksOf, rememberLooks } from './image-look';
import type { Places } from './places';

/** A guest image whose every byte was checked, ready to boot. */
export interface GuestImage {
  manifest: GuestManifest;
  kernel: string;
  initrd: string;
  /** The unpacked root file system. */
  root: string;
  welcome: string;
}

export const noImage = (folder: string): Problem => ({
  code: 'vm-no-image',
  title: 'There is no image for the virtual machine',
  explanation: `Gantry looked for it in ${folder}, where its installation should have put it. Install Gantry again.`,
  actions: [{ kind: 'call', label: 'Start again', procedure: 'vm.start' }],
});

const damaged = (file: string, detail: string): Problem => ({
  code: 'vm-image-damaged',
  title: 'The image of the virtual machine is damaged',
  explanation: `${file} is not what it was when it was made, so Gantry does not start it. Your containers and volumes are on another disk and are not touched. Install Gantry again, or build the image again.`,
  actions: [{ kind: 'retry', label: 'Try again' }],
  detail,
});

/** The manifest in this folder; null when there is no image. @throws ProblemError when it cannot be read */
export async function readManifest(folder: string): Promise<GuestManifest | null> {
  const path = join(folder, 'manifest.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return guestManifest.parse(JSON.parse(text));
  } catch (error) {
    throw new ProblemError(damaged(path, String(error)));
  }
}

async function check(
  path: string,
  expected: { sha256: string; bytes: number },
  signal: AbortSignal,
): Promise<void> {
  const { size } = await stat(path);
  if (size !== expected.bytes) {
    throw new ProblemError(damaged(path, `${size} bytes instead of ${expected.bytes}`));
  }
  const digest = await digestOf(path, signal);
  if (digest !== expected.sha256) {
    throw new ProblemError(damaged(path, `sha256 ${digest} instead of ${expected.sha256}`));
  }
}

/** Unpacks to a temporary name first: a file under its own name is whole. It takes a second or two. */
async function unpack(packed: string, target: string, signal: AbortSignal): Promise<void> {
  const temporary = `${target}.part`;
  try {
    await pipeline(
      createReadStream(packed, { highWaterMark: 1 << 20 }),
      createBrotliDecompress({
        params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 1 },
        chunkSize: 1 << 20,
      }),
      createWriteStream(temporary, { mode: 0o600 }),
      { signal },
    );
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The image with this id, which was prepared earlier. @throws ProblemError when it is another one now */
export async function preparedImage(folder: string, id: string, places: Places): Promise<GuestImage> {
  const manifest = await readManifest(folder);
  if (manifest?.id !== id) throw new ProblemError(noImage(folder));
  return imageIn(folder, manifest, places);
}

const imageIn = (folder: string, manifest: GuestManifest, places: Places): GuestImage => ({
  manifest,
  kernel: join(folder, 'kernel'),
  initrd: join(folder, 'initrd'),
  root: join(places.images, manifest.id, 'root.erofs'),
  welcome: join(folder, 'welcome.tar'),
});

/** Unpacks the root of the image in `folder`, whose packed file is checked first. @throws ProblemError `vm-image-damaged` */
export async function unpackRoot(
  folder: string,
  { files }: GuestManifest,
  target: string,
  signal: AbortSignal,
): Promise<void> {
  const packed = join(folder, 'root.br');
  await check(packed, files['root.br'], signal);
  await unpack(packed, target, signal);
}

/** Images of earlier versions are of no use: what matters is on the data disk. */
async function removeOthers(images: string, id: string): Promise<void> {
  for (const name of await readdir(images)) {
    if (name !== id) await rm(join(images, name), { recursive: true, force: true });
  }
}

/**
 * Makes the image in `folder` ready: unpacks its root once, and checks every file's SHA-256 each time.
 * @throws ProblemError `vm-no-image`, `vm-image-damaged`
 */
export async function prepareImage(folder: string, places: Places, signal: AbortSignal): Promise<GuestImage> {
  const manifest = await readManifest(folder);
  if (!manifest) throw new ProblemError(noImage(folder));
  const own = join(places.images, manifest.id);
  const image = imageIn(folder, manifest, places);
  const unpacked = await stat(image.root).then(
    () => true,
    () => false,
  );
  if (!unpacked) {
    await mkdir(own, { recursive: true, mode: 0o700 });
    await unpackRoot(folder, manifest, image.root, signal);
    await removeOthers(places.images, manifest.id);
  }
  await checkImage(image, places, signal);
  return image;
}

/** As `checkImage`, which is not needed again while nobody has written to the files. @throws ProblemError */
export async function checkIfWritten(image: GuestImage, places: Places, signal: AbortSignal): Promise<void> {
  if (!(await looksAsChecked(image, places))) await checkImage(image, places, signal);
}

/**
 * Checks the SHA-256 of every file of a prepared image: a second of one processor's time where it has no instructions
 * for that.
 * @throws ProblemError `vm-image-damaged`
 */
async function checkImage(image: GuestImage, places: Places, signal: AbortSignal): Promise<void> {
  const { files, root } = image.manifest;
  const looks = await looksOf(image);
  await check(image.kernel, files.kernel, signal);
  await check(image.initrd, files.initrd, signal);
  await check(image.welcome, files['welcome.tar'], signal);
  try {
    await check(image.root, root, signal);
  } catch (error) {
    // The packed file still is what it should be: the next start unpacks it again.
    if (error instanceof ProblemError) await rm(image.root, { force: true });
    throw error;
  }
  await rememberLooks(places, looks);
}
