import type { FileHandle } from 'node:fs/promises';
import { Refusal } from './errno';
import type { Listing } from './listing';
import type { TreePath } from './tree';

/** What a fid was opened as. */
export type Opened =
  | { kind: 'file'; handle: FileHandle; readable: boolean; writable: boolean }
  | { kind: 'folder'; listing: Listing };

/** What the client has under one of its numbers. */
export interface Fid {
  path: TreePath;
  /** Set as soon as the opening begins, so that it happens once and is closed whatever comes. */
  opened: Promise<Opened> | null;
}

/** The guest's kernel keeps one for each name that it remembers. */
const mostFids = 256 * 1024;

/** Open files are this process's, which needs some for other things, too; Windows gives a process 8,192. */
const mostOpen = 4096;

/** A session's fids, and the files open under them. */
export class Fids {
  readonly #fids = new Map<number, Fid>();
  #open = 0;

  /** @throws Refusal EBADF */
  get(number: number): Fid {
    const fid = this.#fids.get(number);
    if (!fid) throw new Refusal('EBADF');
    return fid;
  }

  /** @throws Refusal EBADF if the number is taken, ENFILE if there are too many */
  add(number: number, path: TreePath): void {
    if (this.#fids.has(number)) throw new Refusal('EBADF');
    if (this.#fids.size >= mostFids) throw new Refusal('ENFILE');
    this.#fids.set(number, { path, opened: null });
  }

  /** @throws Refusal EBADF if it was opened already, ENFILE if too many are open; else as `opening` does */
  async open(fid: Fid, opening: () => Promise<Opened>): Promise<Opened> {
    if (fid.opened) throw new Refusal('EBADF');
    if (this.#open >= mostOpen) throw new Refusal('ENFILE');
    this.#open += 1;
    const opened = opening();
    fid.opened = opened;
    try {
      return await opened;
    } catch (error) {
      this.#open -= 1;
      fid.opened = null;
      throw error;
    }
  }

  /** Forgets a fid and closes what is open under it. @throws Refusal EBADF */
  async clunk(number: number): Promise<void> {
    const fid = this.get(number);
    this.#fids.delete(number);
    const opened = await fid.opened?.catch(() => null);
    if (!opened) return;
    this.#open -= 1;
    if (opened.kind === 'file') await opened.handle.close();
  }

  /** Something has got another path: so has what is below it. */
  moved(from: TreePath, to: TreePath): void {
    for (const fid of this.#fids.values()) {
      if (fid.path === from || fid.path.startsWith(`${from}/`)) fid.path = to + fid.path.slice(from.length);
    }
  }

  /** Closes everything, also where a disk refuses to. */
  async clear(): Promise<void> {
    await Promise.allSettled([...this.#fids.keys()].map((number) => this.clunk(number)));
  }
}

/** @throws Refusal EBADF for a fid that is not open as a file */
export async function openedFile(fid: Fid): Promise<Extract<Opened, { kind: 'file' }>> {
  const opened = await fid.opened;
  if (opened?.kind !== 'file') throw new Refusal('EBADF');
  return opened;
}
