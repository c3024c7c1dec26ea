import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { findProgram } from '../qemu/programs';

const run = promisify(execFile);

const map = z.array(z.object({ start: z.number(), length: z.number(), data: z.boolean() }));

/** A part of a file, in bytes. */
interface Extent {
  start: number;
  length: number;
}

/** A disk in a very great number of pieces gives a long list. */
const maxListBytes = 256 * 1024 ** 2;

/**
 * The parts of a sparse file that are not holes, in order. Node cannot ask for them (SEEK_DATA), but `qemu-img` can;
 * where it is missing, the whole file is one part.
 */
export async function dataExtents(path: string, size: number, signal: AbortSignal): Promise<Extent[]> {
  const program = await findProgram('qemu-img');
  if (!program) return [{ start: 0, length: size }];
  const { stdout } = await run(program, ['map', '--output=json', '-f', 'raw', path], {
    maxBuffer: maxListBytes,
    signal,
  });
  return map
    .parse(JSON.parse(stdout))
    .flatMap(({ start, length, data }) => (data ? [{ start, length }] : []));
}

/**
 * Where the chunks of a file begin that have something in them, each once. They lie at multiples of their size, so
 * that a file and its copy are cut at the same places, wherever their holes are.
 */
export function* chunksWith(extents: Extent[], chunkBytes: number): Generator<number> {
  let next = 0;
  for (const { start, length } of extents) {
    next = Math.max(next, start - (start % chunkBytes));
    for (; next < start + length; next += chunkBytes) yield next;
  }
}
