import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { nothing, type Qmp } from '../qemu/qmp';
import { type DiskRecord, readDiskRecord, writeDiskRecord } from './record';

const gib = 1024 ** 3;

/** Of the disk's file, in whichever folder it is. */
export const diskFileName = 'gantry-data.raw';

export interface Disk {
  path: string;
  /** Size that the guest sees. */
  sizeBytes: number;
  generation: number;
}

async function fileNumbers(path: string): Promise<DiskRecord['file']> {
  const { dev, ino } = await stat(path, { bigint: true });
  return { device: String(dev), inode: String(ino) };
}

/**
 * Creates the data disk: a sparse file, new and unformatted. The record names the file before the file has its name,
 * so that a crash leaves either no disk or one that the record knows; a file that is already there is never touched.
 * @param recordPath must not name a disk yet
 */
export async function createDisk(recordPath: string, folder: string, sizeGiB: number): Promise<Disk> {
  const path = join(folder, diskFileName);
  const known = await readDiskRecord(recordPath);
  if (known && known.content !== 'new') throw missingDisk(known.path);
  if (known && (await exists(known.path))) throw new Error(`There is a disk already: ${known.path}`);
  if (await exists(path)) throw foreignFile(path);
  const part = `${path}.new`;
  await rm(part, { force: true });
  const file = await open(part, 'wx', 0o600);
  try {
    await file.truncate(sizeGiB * gib);
    await file.sync();
  } finally {
    await file.close();
  }
  const generation = (known?.generation ?? 0) + 1;
  const record = { path, file: await fileNumbers(part), content: 'new', generation, leftover: null } as const;
  await writeDiskRecord(recordPath, record);
  await rename(part, path);
  await syncFolder(folder);
  return { path, sizeBytes: sizeGiB * gib, generation };
}

/**
 * The disk that the record names; null when none was created, or its creation was interrupted. Rejects with a problem
 * when the file is gone or is another one: then nothing is created in its place.
 */
export async function openDisk(recordPath: string): Promise<Disk | null> {
  const record = await readDiskRecord(recordPath);
  if (!record) return null;
  if (!(await exists(record.path))) {
    if (record.content === 'new') return null;
    throw missingDisk(record.path);
  }
  const { size } = await stat(record.path);
  if (record.leftover !== null) {
    await rm(record.leftover, { force: true });
    await writeDiskRecord(recordPath, { ...record, leftover: null });
  }
  return { path: record.path, sizeBytes: size, generation: record.generation };
}

/**
 * Some file systems count a block or two for an empty file (ZFS does). Any formatted disk takes more, and one with
 * something on it much more.
 */
const emptyBytes = 64 * 1024;

/**
 * Whether the guest may format the disk in the start that follows; says so at most once for a disk. The file must be
 * the very one that was created and must never have been written to.
 */
export async function takeFormatOrder(recordPath: string): Promise<boolean> {
  const record = await recordOf(recordPath);
  if (record.content !== 'new') return false;
  const { device, inode } = await fileNumbers(record.path);
  const same = device === record.file.device && inode === record.file.inode;
  const untouched = process.platform === 'win32' || (await hostBytes(record.path)) <= emptyBytes;
  await writeDiskRecord(recordPath, { ...record, content: same && untouched ? 'formatting' : 'used' });
  return same && untouched;
}

/** The guest said that it has formatted the disk, or its engine answers, so that it must have. */
export async function markFormatted(recordPath: string): Promise<void> {
  const record = await recordOf(recordPath);
  if (record.content !== 'used') await writeDiskRecord(recordPath, { ...record, content: 'used' });
}

/**
 * Deletes a disk whose formatting was broken off, so that a new one takes its place: nobody has ever reached an engine
 * with it (`markFormatted` comes before that), so nothing is on it. No machine may be using it.
 */
export async function discardUnformatted(recordPath: string): Promise<void> {
  const record = await readDiskRecord(recordPath);
  if (record?.content !== 'formatting' || !(await exists(record.path))) return;
  const { device, inode } = await fileNumbers(record.path);
  if (device === record.file.device && inode === record.file.inode) await deleteDisk(recordPath);
}

/** To be called before a guest runs with the disk: a state that was suspended earlier no longer fits. */
export async function raiseGeneration(recordPath: string): Promise<number> {
  const record = await recordOf(recordPath);
  const generation = record.generation + 1;
  await writeDiskRecord(recordPath, { ...record, generation });
  return generation;
}

/**
 * Grows the disk to a size that the guest sees; a smaller or the same size changes nothing. The file system inside
 * grows by the guest.
 * @param qmp of the machine that runs with the disk, null while none does
 */
export async function growDisk(
  disk: Disk,
  sizeGiB: number,
  qmp: Qmp | null,
  signal: AbortSignal,
): Promise<void> {
  const bytes = sizeGiB * gib;
  if (bytes <= disk.sizeBytes) return;
  if (qmp) {
    await qmp.execute('block_resize', { 'node-name': 'data', size: bytes }, nothing, signal);
    return;
  }
  await withFile(disk.path, 'r+', async (file) => {
    await file.truncate(bytes);
    await file.sync();
  });
}

/** Room that a sparse file takes on this computer. Node counts blocks of 512 bytes; Windows tells none. */
export async function hostBytes(path: string): Promise<number> {
  const { blocks, size } = await stat(path);
  return process.platform === 'win32' ? size : blocks * 512;
}

/**
 * Deletes the disk and all that is on it, also one that is damaged or missing; nothing where there never was one. The
 * record keeps the generation, so that no older state ever fits.
 */
export async function deleteDisk(recordPath: string): Promise<void> {
  const record = await readDiskRecord(recordPath);
  if (!record) return;
  // First this: a record of a new disk without its file is one whose creation was interrupted.
  await writeDiskRecord(recordPath, { ...record, content: 'new' });
  await rm(record.path, { force: true });
}

async function recordOf(recordPath: string): Promise<DiskRecord> {
  const record = await readDiskRecord(recordPath);
  if (!record) throw new Error('There is no data disk');
  return record;
}

export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    // A folder that cannot be read is no proof that the file is not there.
    if (z.object({ code: z.enum(['ENOENT', 'ENOTDIR']) }).safeParse(error).success) return false;
    throw error;
  }
}

async function withFile<T>(path: string, flags: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Makes a file's new name last; Windows does that itself and opens no folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await withFile(folder, 'r', (file) => file.sync());
}

export function foreignFile(path: string): ProblemError {
  return new ProblemError({
    code: 'vm-disk-file-in-the-way',
    title: `There is a file that Gantry did not put there: ${path}`,
    explanation: `It may be the disk of another Gantry, so it is neither used nor replaced. Move it away, or choose another folder than ${dirname(path)}.`,
    actions: [{ kind: 'retry', label: 'Try again' }],
  });
}

function missingDisk(path: string): ProblemError {
  return new ProblemError({
    code: 'vm-disk-missing',
    title: 'The VM’s data disk is not there',
    explanation: `Gantry expects it at ${path}. If it is on another drive, connect the drive; if it was deleted, reset the VM.`,
    actions: [{ kind: 'retry', label: 'Try again' }],
  });
}
