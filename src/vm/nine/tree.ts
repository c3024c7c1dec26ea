import type { BigIntStats } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, Refusal } from './errno';
import { Gate } from './gate';
import { openNothingElse } from './platform';

/**
 * A path in the shared folder: names with `/` between them, `''` for the folder itself. Only checked names get into it
 * (names.ts), so that it leads down, and never up.
 */
export type TreePath = string;

export const below = (folder: TreePath, name: string): TreePath => (folder ? `${folder}/${name}` : name);

/** The folder above; the shared folder has none but itself. */
export const above = (path: TreePath): TreePath => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

/**
 * All servers of this process pass through one gate: what puts a link in a folder's place through one of them must not
 * get between the look and the step of another, as two shared folders can be one below the other.
 */
const gate = new Gate();

/**
 * The shared folder, and nothing around it. No link is ever followed: the guest does that, in its own tree.
 *
 * Node opens by path, so that each step first looks at every folder on the way, and no client can put a link there in
 * between. What remains: another program of this computer that swaps a folder for a link in just that moment, as it
 * could for any program that opens files by their path. It has the user's rights already.
 */
export class Tree {
  private constructor(private readonly root: string) {}

  /** @throws Error if the folder cannot be reached */
  static async open(folder: string): Promise<Tree> {
    return new Tree(await realpath(folder));
  }

  /** Does something with an absolute path, all of whose folders are real ones while it does. */
  at<T>(path: TreePath, act: (absolute: string) => Promise<T>): Promise<T> {
    return gate.together(async () => act(await this.#locate(path)));
  }

  /** Does something in a folder, which is a real one itself. */
  inside<T>(path: TreePath, act: (folder: string) => Promise<T>): Promise<T> {
    return gate.together(async () => {
      const folder = await this.#locate(path);
      await requireFolder(folder);
      return act(folder);
    });
  }

  /** Like `at`, for what can put a link in a folder's place: nothing else is done meanwhile. */
  alone<T>(paths: [TreePath, TreePath], act: (one: string, other: string) => Promise<T>): Promise<T> {
    return gate.alone(async () => act(await this.#locate(paths[0]), await this.#locate(paths[1])));
  }

  /** What is there, a link itself included. */
  look(path: TreePath): Promise<BigIntStats> {
    return this.at(path, (absolute) => lstat(absolute, { bigint: true }));
  }

  async #locate(path: TreePath): Promise<string> {
    const names = path ? path.split('/') : [];
    let absolute = this.root;
    await requireFolder(absolute);
    for (const name of names.slice(0, -1)) {
      absolute = join(absolute, name);
      await requireFolder(absolute);
    }
    return join(this.root, ...names);
  }
}

async function requireFolder(absolute: string): Promise<void> {
  const entry = await lstat(absolute);
  if (entry.isSymbolicLink()) throw new Refusal('ELOOP');
  if (!entry.isDirectory()) throw new Refusal('ENOTDIR');
}

/** Whether two looks were at the same file. Windows tells a disk's number in 32 or 64 bits, from call to call. */
const sameFile = (one: BigIntStats, other: BigIntStats): boolean =>
  one.ino === other.ino && BigInt.asUintN(32, one.dev) === BigInt.asUintN(32, other.dev);

/**
 * Opens a file that is there, and nothing but a file: a pipe would wait for somebody, a device do something.
 * @param absolute of `Tree.at`
 * @throws Refusal ELOOP for a link, EISDIR for a folder, ENXIO for what is neither file nor folder
 */
export async function openFile(absolute: string, flags: number): Promise<FileHandle> {
  const entry = await lstat(absolute, { bigint: true });
  if (entry.isSymbolicLink()) throw new Refusal('ELOOP');
  if (entry.isDirectory()) throw new Refusal('EISDIR');
  if (!entry.isFile()) throw new Refusal('ENXIO');
  const handle = await open(absolute, flags | openNothingElse);
  try {
    if (!sameFile(entry, await handle.stat({ bigint: true }))) throw new Refusal('ESTALE');
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Whether there is something at that path, a link itself included. */
export async function isThere(absolute: string): Promise<boolean> {
  try {
    await lstat(absolute);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
