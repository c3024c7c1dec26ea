import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

/** A file system of its own, in memory, for what happens when one is full or read-only. */
export interface SmallDisk {
  folder: string;
  /** Leaves no room at all. */
  fill(): Promise<void>;
  /** Gives the room back. */
  empty(): Promise<void>;
  /** Nothing that has a file open for writing may run. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  remove(): Promise<void>;
}

/** Why there can be none here, in plain words; undefined when there can. */
export const whyNoSmallDisk = (): string | undefined =>
  process.platform === 'linux' && process.getuid?.() === 0
    ? undefined
    : 'a disk of its own needs Linux and root';

export async function smallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', 'size=40m,mode=700', 'gantry-test', folder]);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: async () => {
      for (const size of [8 << 20, 1 << 20, 64 << 10, 4096]) {
        const piece = Buffer.alloc(size);
        // The piece that does not fit says that the next smaller ones are due.
        for (let full = false; !full; ) {
          full = await writeFile(filler, piece, { flag: 'a' }).then(
            () => false,
            () => true,
          );
        }
      }
    },
    empty: () => rm(filler),
    lock: async () => void (await run('mount', ['-o', 'remount,ro', folder])),
    unlock: async () => void (await run('mount', ['-o', 'remount,rw', folder])),
    remove: async () => {
      await run('umount', [folder]);
      await rm(folder, { recursive: true });
    },
  };
}
