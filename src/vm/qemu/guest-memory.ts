/**
 * The guest's memory from outside QEMU. On Linux it is a file without a name (memfd) that every process of the same
 * user can open, so it is saved and loaded without QEMU: what was never used stays a hole. QEMU would touch each page
 * in both directions, which takes longer and leaves all of the guest's memory allocated after a resume.
 */
import { open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { chunksWith, dataExtents } from '../disk/extents';

/** The path of a machine's memory; null on other systems, which have none, and when it cannot be opened. */
export async function guestMemory(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  const folder = `/proc/${pid}/fd`;
  try {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if ((await readlink(path)).startsWith('/memfd:memory-backend-memfd')) return path;
    }
  } catch {
    // The process is gone, or is another user's.
  }
  return null;
}

const chunkBytes = 1024 ** 2;

/** Blocks of this size that are all zero are left out. */
const zero = Buffer.alloc(64 * 1024);

/** A part of the memory that is not all zero. */
interface MemoryPiece {
  offset: number;
  bytes: Buffer;
}

/** What is in a stopped guest's memory, from the beginning to the end. */
export async function* readMemory(path: string, signal: AbortSignal): AsyncGenerator<MemoryPiece> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    for (const position of chunksWith(await dataExtents(path, size, signal), chunkBytes)) {
      signal.throwIfAborted();
      // A new one each time, as the pieces are written out later.
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, position);
      yield* piecesOf(chunk.subarray(0, bytesRead), position);
    }
  } finally {
    await file.close();
  }
}

/** What lies between blocks of zeros. */
function* piecesOf(chunk: Buffer, position: number): Generator<MemoryPiece> {
  let begin: number | null = null;
  for (let at = 0; at < chunk.length; at += zero.length) {
    const block = chunk.subarray(at, at + zero.length);
    const isZero = block.equals(zero.subarray(0, block.length));
    if (!isZero) begin ??= at;
    if (isZero && begin !== null) {
      yield { offset: position + begin, bytes: chunk.subarray(begin, at) };
      begin = null;
    }
  }
  if (begin !== null) yield { offset: position + begin, bytes: chunk.subarray(begin) };
}
