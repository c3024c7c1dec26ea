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

/** Pieces of this size that are all zero are left out. */
const pieceBytes = 64 * 1024;

/** A part of the memory that is not all zero. */
interface MemoryPiece {
  offset: number;
  bytes: Buffer;
}

/** What is in a stopped guest's memory, from the beginning to the end. */
export async function* readMemory(path: string, signal: AbortSignal): AsyncGenerator<MemoryPiece> {
  const zero = Buffer.alloc(pieceBytes);
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    for (const position of chunksWith(await dataExtents(path, size, signal), chunkBytes)) {
      signal.throwIfAborted();
      // A new one each time, as the pieces are written out later.
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, position);
      for (let at = 0; at < bytesRead; at += pieceBytes) {
        const bytes = chunk.subarray(at, Math.min(at + pieceBytes, bytesRead));
        if (!bytes.equals(zero.subarray(0, bytes.length))) yield { offset: position + at, bytes };
      }
    }
  } finally {
    await file.close();
  }
}
