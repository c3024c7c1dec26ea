import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findProgram } from './programs';

/** The zstd program, null where it is not installed. Node 20 has no zstd of its own. */
export function findZstd(): Promise<string | null> {
  return findProgram('zstd');
}

/** `-1 -T0`: the fastest level on all processors; a state shrinks to a third. */
const directions = { pack: ['-q', '-1', '-T0', '-c'], unpack: ['-q', '-d', '-c'] };

/** Sends a stream through zstd. Rejects when either end fails, zstd does, or the signal aborts. */
export async function throughZstd(
  program: string,
  direction: 'pack' | 'unpack',
  stream: { from: Readable; to: Writable; signal: AbortSignal },
): Promise<void> {
  const { from, to, signal } = stream;
  const child = spawn(program, directions[direction], { stdio: ['pipe', 'pipe', 'ignore'] });
  try {
    const ended = once(child, 'exit', { signal });
    const [[code]] = await Promise.all([
      ended,
      pipeline(from, child.stdin, { signal }),
      pipeline(child.stdout, to, { signal }),
    ]);
    if (code !== 0) throw new Error(`zstd ended with code ${code}`);
  } finally {
    child.kill('SIGKILL');
  }
}
