import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { copyOut } from './erofs';
import { noImage, readManifest, unpackRoot } from './image';

const run = promisify(execFile);
/** Of a program that only says its version, on a busy computer. */
const answerMs = 20_000;

/** A program of the guest image that runs on a Linux like the guest's, as it needs no more than the C library. */
export interface ImageProgram {
  /** Its name in the folder that it is copied to. */
  name: string;
  /** Where it is in the guest. */
  path: string;
  /** Has it say its version. */
  versionArguments: string[];
}

/** Versions of the image's packages, by their names; empty where there is no image that can be read. */
export async function imageVersions(folder: string): Promise<ReadonlyMap<string, string>> {
  const manifest = await readManifest(folder).catch(() => null);
  return new Map(manifest?.packages.map(({ name, version }) => [name, version]));
}

const unusable = (name: string, error: unknown) =>
  new ProblemError({
    code: 'program-unusable',
    title: `The ${name} of Gantry’s image does not run on this system`,
    explanation:
      'It needs a Linux with version 2.34 or newer of the GNU C library, as Debian 12 and Ubuntu 22.04 have it, and a home folder whose programs may be run. Install your system’s own package instead.',
    actions: [],
    detail: error instanceof Error ? error.message : String(error),
  });

/** The root is unpacked, and its programs are a part of it. */
async function assertRoom(folder: string, rootBytes: number): Promise<void> {
  const needed = rootBytes * 1.5;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > needed) return;
  throw new ProblemError({
    code: 'disk-full',
    title: 'There is not enough room for the copies',
    explanation: `Unpacking the image takes ${Math.ceil(needed / 1e6)} MB for a moment; ${folder} has ${Math.floor((bavail * bsize) / 1e6)} MB.`,
    actions: [{ kind: 'retry', label: 'Try again' }],
  });
}

/**
 * Copies programs of the image into a folder, when all of them run here: each as a whole, so that one that is running
 * goes on with the file that it had. For that moment the image's root is unpacked beside them, to some 400 MB.
 * @param image the image's folder
 * @throws ProblemError `vm-no-image`, `vm-image-damaged`, `program-unusable`, `disk-full`
 */
export async function copyPrograms(
  image: string,
  programs: readonly ImageProgram[],
  to: string,
  signal: AbortSignal,
): Promise<void> {
  const manifest = await readManifest(image);
  if (!manifest) throw new ProblemError(noImage(image));
  const work = join(to, `${randomUUID()}.new`);
  await mkdir(work, { recursive: true, mode: 0o700 });
  try {
    await assertRoom(to, manifest.root.bytes);
    const root = join(work, 'root.erofs');
    await unpackRoot(image, manifest, root, signal);
    const file = await open(root);
    try {
      for (const { name, path } of programs) await copyOut(file, path, join(work, name), signal);
    } finally {
      await file.close();
    }
    for (const { name, versionArguments } of programs)
      await run(join(work, name), versionArguments, { signal: timeLimit(answerMs, signal) }).catch(
        (error) => {
          throw unusable(name, error);
        },
      );
    for (const { name } of programs) await rename(join(work, name), join(to, name));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
