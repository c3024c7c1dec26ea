import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isWithin } from './paths';

/** Events that come within this time are one batch. */
const batchMs = 50;

/** More paths than this at once are reported as their folders alone. */
const maxBatch = 2000;

/** Folders that are watched at most; each is one of the system's watches, of which a user has some ten thousand. */
const maxFolders = 8000;

/** Files whose last state is remembered at most. */
const maxRemembered = 20_000;

/** Linux' recursive watch in Node watches every single file, so here each folder is watched. */
const watchesTrees = process.platform !== 'linux';

/**
 * What changes below some folders, in batches of paths, until the signal aborts. A file that is gone is reported as
 * its folder. A change of attributes alone is not reported, because the relay makes such a change in the guest for
 * every path it is told, and it would hear of it again. Of a tree that is too large its upper folders are watched.
 */
export async function* fileEvents(folders: string[], signal: AbortSignal): AsyncIterable<string[]> {
  const changes = new Changes(folders, signal);
  try {
    for (const folder of folders) await changes.watch(folder);
    while (!signal.aborted) {
      const batch = await changes.next();
      if (batch.length > 0) yield batch;
    }
  } finally {
    changes.close();
  }
}

class Changes {
  readonly #roots: string[];
  readonly #signal: AbortSignal;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #remembered = new Map<string, string>();
  #pending = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #wake: () => void = () => undefined;

  constructor(roots: string[], signal: AbortSignal) {
    this.#roots = roots;
    this.#signal = signal;
    signal.addEventListener('abort', this.#tell);
  }

  /** Watches a folder and all below it, the upper ones first. */
  async watch(folder: string): Promise<void> {
    const waiting = [folder];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (this.#signal.aborted || this.#watchers.size >= maxFolders) return;
      if (!this.#watchOne(next) || watchesTrees) continue;
      waiting.push(...(await foldersIn(next)));
    }
  }

  /** The next batch; empty when the signal aborts. */
  async next(): Promise<string[]> {
    if (this.#pending.size === 0 && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const paths = [...this.#pending];
    this.#pending = new Set();
    const changed = await Promise.all(paths.map((path) => this.#changedPath(path)));
    const batch = [...new Set(changed.filter((path) => path !== null))];
    return batch.length > maxBatch
      ? [...new Set(batch.map((path) => dirname(path)))].slice(0, maxBatch)
      : batch;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#tell);
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #watchOne(folder: string): boolean {
    if (this.#watchers.has(folder)) return false;
    try {
      const watcher = watch(folder, { persistent: false, recursive: watchesTrees }, (_event, name) => {
        if (name !== null) this.#note(join(folder, name));
      });
      watcher.on('error', () => this.#forget(folder));
      this.#watchers.set(folder, watcher);
      return true;
    } catch {
      // Gone already, no right to read it, or the system's watches are used up: what is watched goes on.
      return false;
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #note(path: string): void {
    this.#pending.add(path);
    this.#timer ??= setTimeout(this.#tell, batchMs);
  }

  readonly #tell = () => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wake();
  };

  /**
   * What to report for a path about which something was heard; null when only its attributes changed. A change of a
   * watched folder's own attributes is heard as one of an entry with the folder's name, so that a missing entry is
   * reported as its folder only if the folder's entries changed, too.
   */
  async #changedPath(path: string): Promise<string | null> {
    try {
      const { mtimeMs, size, ino, isFolder } = await stateOf(path);
      const state = `${mtimeMs} ${size} ${ino}`;
      const before = this.#remembered.get(path);
      this.#remember(path, state);
      if (isFolder && !watchesTrees) await this.watch(path);
      return before === state ? null : path;
    } catch {
      this.#remembered.delete(path);
      this.#forget(path);
      const folder = dirname(path);
      return folder !== path && this.#isWatched(folder) ? this.#changedPath(folder) : null;
    }
  }

  #isWatched(path: string): boolean {
    return this.#roots.some((root) => isWithin(path, root));
  }

  #remember(path: string, state: string): void {
    this.#remembered.delete(path);
    this.#remembered.set(path, state);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= maxRemembered) return;
      this.#remembered.delete(oldest);
    }
  }
}

async function stateOf(path: string) {
  const found = await stat(path);
  return { mtimeMs: found.mtimeMs, size: found.size, ino: found.ino, isFolder: found.isDirectory() };
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
