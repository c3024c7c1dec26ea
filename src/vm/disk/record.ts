import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeRecord } from '../records';

/** What the host knows of the data disk. It decides, not the disk's content, whether the guest may format. */
const diskRecord = z.object({
  /** The disk's file. */
  path: z.string(),
  /** The file's own numbers on its file system: another file at the same path is another disk. */
  file: z.object({ device: z.string(), inode: z.string() }),
  /**
   * `new`: created and never given to a guest. `formatting`: given to a guest that may format it, and not used by
   * anybody yet. `used`: formatted, or to be taken for it. Only `new` allows formatting, so that a doubt never costs
   * data.
   */
  content: z.enum(['new', 'formatting', 'used']),
  /** Rises with every machine that runs with the disk, so that an older suspended state is told. */
  generation: z.number().int().nonnegative(),
  /** An old copy that is still to be deleted, after a move. */
  leftover: z.string().nullable(),
});
export type DiskRecord = z.infer<typeof diskRecord>;

/** Null when no disk was ever created here. A record that cannot be read is an error: nothing may be guessed. */
export async function readDiskRecord(path: string): Promise<DiskRecord | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (z.object({ code: z.literal('ENOENT') }).safeParse(error).success) return null;
    throw error;
  }
  return diskRecord.parse(JSON.parse(text));
}

/** Replaces the record as a whole and waits until it is on the disk. */
export const writeDiskRecord = (path: string, record: DiskRecord): Promise<void> => writeRecord(path, record);
