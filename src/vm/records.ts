import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { writeAtomically } from './atomic-file';

/** Replaces a JSON file (0600) as a whole. */
export const writeRecord = (path: string, record: unknown): Promise<void> =>
  writeAtomically(path, JSON.stringify(record));

/** A JSON file's record; null when there is none, or none of this form. */
export async function readRecord<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | null> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
