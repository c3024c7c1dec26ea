import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProblemError } from '#contract/problem';
import { diskFileName, exists, foreignFile, hostBytes, syncFolder } from './disk';
import { chunksWith, dataExtents } from './extents';
import { readDiskRecord, writeDiskRecord } from './record';

const chunkBytes = 4 * 1024 ** 2;

/** Pieces of this size that are all zero are left out of the copy: the usual size of a file system's block. */
const pieceBytes = 64 * 1024;

/** Kept free on the target beyond the disk itself. */
const spareBytes = 256 * 1024 ** 2;

export interface MoveProgress {
  step: 'copy' | 'check';
  doneBytes: number;
  /** Size of the disk, holes included. */
  totalBytes: number;
}

/**
 * Moves the data disk, which no machine may be using, to another folder: copies it, reads the copy again and compares
 * size and SHA-256, names the copy in the record, and only then deletes the old file. Whatever fails before, an abort
 * included, leaves the old one in use and nothing of the copy.
 * @returns the disk's new path
 */
export async function moveDisk(move: {
  recordPath: string;
  folder: string;
  report(progress: MoveProgress): void;
  signal: AbortSignal;
}): Promise<string> {
  const { recordPath, report, signal } = move;
  const record = await readDiskRecord(recordPath);
  if (!record) throw new Error('There is no data disk');
  const target = join(move.folder, diskFileName);
  if (target === record.path) return target;
  if (await exists(target)) throw foreignFile(target);
  await checkRoom(record.path, move.folder);
  const part = `${target}.moving`;
  try {
    const copied = await copySparse(record.path, part, report, signal);
    const read = await digestOf(part, report, signal);
    if (read !== copied) throw new Error('The copy of the disk differs from the original');
    await rename(part, target);
    await syncFolder(move.folder);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  const { dev, ino } = await stat(target, { bigint: true });
  const moved = { ...record, path: target, file: { device: String(dev), inode: String(ino) } };
  try {
    await writeDiskRecord(recordPath, { ...moved, leftover: record.path });
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  await rm(record.path, { force: true });
  await writeDiskRecord(recordPath, { ...moved, leftover: null });
  return target;
}

async function checkRoom(path: string, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = (await hostBytes(path)) + spareBytes;
  if (bavail * bsize >= needed) return;
  throw new ProblemError({
    code: 'vm-disk-no-room',
    title: `There is not enough room for the VM’s disk in ${folder}`,
    explanation: `It needs ${Math.ceil(needed / 1024 ** 3)} GiB. The disk stays in ${dirname(path)}.`,
    actions: [{ kind: 'retry', label: 'Try again' }],
  });
}

/** Copies what is not zero. Returns the digest of what was read. */
async function copySparse(
  from: string,
  to: string,
  report: (progress: MoveProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  await rm(to, { force: true });
  const output = await open(to, 'wx', 0o600);
  try {
    const write = async (piece: Buffer, position: number) => {
      let written = 0;
      while (written < piece.length) {
        const { bytesWritten } = await output.write(
          piece,
          written,
          piece.length - written,
          position + written,
        );
        written += bytesWritten;
      }
    };
    const { digest, size } = await readPieces(
      from,
      write,
      (doneBytes, totalBytes) => {
        report({ step: 'copy', doneBytes, totalBytes });
      },
      signal,
    );
    await output.truncate(size);
    await output.sync();
    return digest;
  } finally {
    await output.close();
  }
}

async function digestOf(
  path: string,
  report: (progress: MoveProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  const { digest } = await readPieces(
    path,
    null,
    (doneBytes, totalBytes) => {
      report({ step: 'check', doneBytes, totalBytes });
    },
    signal,
  );
  return digest;
}

/**
 * Reads a file in order and hands on each piece that is not all zero. The digest covers the size, and every such piece
 * with its place: two files with the same content have the same one, wherever their holes are.
 */
async function readPieces(
  path: string,
  take: ((piece: Buffer, position: number) => Promise<void>) | null,
  report: (doneBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): Promise<{ digest: string; size: number }> {
  const file: FileHandle = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const hash = createHash('sha256').update(`${size}\n`);
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const zero = Buffer.alloc(pieceBytes);
    for (const position of chunksWith(await dataExtents(path, size, signal), chunkBytes)) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunkBytes, size - position), position);
      for (let at = 0; at < bytesRead; at += pieceBytes) {
        const piece = chunk.subarray(at, Math.min(at + pieceBytes, bytesRead));
        if (piece.equals(zero.subarray(0, piece.length))) continue;
        hash.update(`${position + at}\n`).update(piece);
        await take?.(piece, position + at);
      }
      report(Math.min(position + chunkBytes, size), size);
    }
    report(size, size);
    return { digest: hash.digest('hex'), size };
  } finally {
    await file.close();
  }
}
