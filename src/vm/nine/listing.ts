import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errno';
import { isName } from './names';
import type { Tree, TreePath } from './tree';

export interface Entry {
  name: string;
  /** Where the next one begins. */
  next: bigint;
  stats: BigIntStats;
}

/** So many entries are looked at together; Node has four threads for that. */
const together = 32;

/**
 * The names in an open folder, as they were when its reading began: what comes and goes meanwhile moves no other one's
 * place. Reading from the start takes them anew.
 */
export class Listing {
  #names: Promise<string[]> | null = null;

  constructor(
    private readonly tree: Tree,
    private readonly path: () => TreePath,
  ) {}

  /** The entries from a place on; what is gone by now is left out. */
  async *from(offset: bigint): AsyncGenerator<Entry> {
    if (offset === 0n || !this.#names) this.#names = this.#read();
    const names = await this.#names;
    if (offset > BigInt(names.length)) return;
    for (let start = Number(offset); start < names.length; start += together) {
      const part = names.slice(start, start + together);
      const stats = await this.#look(part);
      for (const [index, name] of part.entries()) {
        const found = stats[index];
        if (found) yield { name, next: BigInt(start + index + 1), stats: found };
      }
    }
  }

  /** A name that the guest could not ask for, as `a\b`, is not shown to it. */
  async #read(): Promise<string[]> {
    const names = await this.tree.inside(this.path(), (folder) => readdir(folder));
    return ['.', '..', ...names.filter(isName)];
  }

  #look(names: string[]): Promise<(BigIntStats | null)[]> {
    const path = this.path();
    // The shared folder's own parent is nothing that the guest hears of.
    const inFolder = (name: string) => (name === '..' && path === '' ? '.' : name);
    return this.tree.inside(path, (folder) =>
      Promise.all(
        names.map((name) => lstat(join(folder, inFolder(name)), { bigint: true }).catch(nothingIfHidden)),
      ),
    );
  }
}

function nothingIfHidden(error: unknown): null {
  if (hasCode(error, 'ENOENT') || hasCode(error, 'EACCES')) return null;
  throw error;
}
