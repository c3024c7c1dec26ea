import { mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createDisk,
  deleteDisk,
  discardUnformatted,
  growDisk,
  hostBytes,
  markFormatted,
  openDisk,
  raiseGeneration,
  takeFormatOrder,
} from '#vm/disk/disk';
import { type MoveProgress, moveDisk } from '#vm/disk/move';
import { readDiskRecord } from '#vm/disk/record';

const gib = 1024 ** 3;
const ever = new AbortController().signal;

let folder: string;
let record: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  record = join(folder, 'disk.json');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, position: number, content: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(content, position);
  await file.close();
}

describe('the data disk', () => {
  it('is created sparse, for the user alone, and may be formatted once', async () => {
    expect(await openDisk(record)).toBeNull();
    const { path } = await createDisk(record, folder, 4);
    const { size, mode } = await stat(path);
    expect(size).toBe(4 * gib);
    expect(mode & 0o777).toBe(0o600);
    expect(await hostBytes(path)).toBe(0);
    expect(await takeFormatOrder(record)).toBe(true);
    expect(await takeFormatOrder(record)).toBe(false);
    await markFormatted(record);
    expect(await takeFormatOrder(record)).toBe(false);
  });

  it('is not formatted when something was written to it', async () => {
    const { path } = await createDisk(record, folder, 4);
    await write(path, 5_000_000, 'precious '.repeat(20_000));
    expect(await takeFormatOrder(record)).toBe(false);
    expect(await takeFormatOrder(record)).toBe(false);
  });

  it('is not formatted when another file was put in its place', async () => {
    const { path } = await createDisk(record, folder, 4);
    await writeFile(join(folder, 'other'), '');
    await rename(join(folder, 'other'), path);
    expect(await takeFormatOrder(record)).toBe(false);
  });

  it('is not created over a file that is there', async () => {
    await writeFile(join(folder, 'gantry-data.raw'), 'precious');
    await expect(createDisk(record, folder, 4)).rejects.toMatchObject({
      problem: { code: 'vm-disk-file-in-the-way' },
    });
    expect(await readFile(join(folder, 'gantry-data.raw'), 'utf8')).toBe('precious');
    expect(await openDisk(record)).toBeNull();
  });

  it('is created anew when a crash came between the record and the file', async () => {
    const { path } = await createDisk(record, folder, 4);
    // As it is at that moment: the file still has its first name.
    await rename(path, `${path}.new`);
    expect(await openDisk(record)).toBeNull();
    await createDisk(record, folder, 4);
    expect(await takeFormatOrder(record)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['disk.json', 'gantry-data.raw']);
  });

  it('is replaced when its formatting was broken off, and only then', async () => {
    const { path } = await createDisk(record, folder, 4);
    await discardUnformatted(record);
    expect(await openDisk(record)).not.toBeNull();
    await takeFormatOrder(record);
    await write(path, 5_000_000, 'half of a file system');
    await discardUnformatted(record);
    expect(await openDisk(record)).toBeNull();
    await createDisk(record, folder, 4);
    expect(await takeFormatOrder(record)).toBe(true);
    await markFormatted(record);
    await discardUnformatted(record);
    expect(await openDisk(record)).not.toBeNull();
  });

  it('is not deleted when its formatting was broken off and another file was put in its place', async () => {
    const { path } = await createDisk(record, folder, 4);
    await takeFormatOrder(record);
    await writeFile(join(folder, 'other'), 'precious');
    await rename(join(folder, 'other'), path);
    await discardUnformatted(record);
    expect(await readFile(path, 'utf8')).toBe('precious');
  });

  it('is missed, not replaced, once it was used', async () => {
    const { path } = await createDisk(record, folder, 4);
    await takeFormatOrder(record);
    await rm(path);
    await expect(openDisk(record)).rejects.toMatchObject({ problem: { code: 'vm-disk-missing' } });
  });

  it('is refused when its record cannot be read', async () => {
    await createDisk(record, folder, 4);
    await writeFile(record, '{"path":');
    await expect(openDisk(record)).rejects.toThrow();
    await expect(takeFormatOrder(record)).rejects.toThrow();
  });

  it('grows and never shrinks', async () => {
    const disk = await createDisk(record, folder, 4);
    await growDisk(disk, 6, null, ever);
    expect((await stat(disk.path)).size).toBe(6 * gib);
    const grown = await openDisk(record);
    if (!grown) throw new Error('The disk is gone');
    await growDisk(grown, 5, null, ever);
    expect((await stat(disk.path)).size).toBe(6 * gib);
  });

  it('has a generation that rises with every start and outlives a reset', async () => {
    const { generation } = await createDisk(record, folder, 4);
    expect(await raiseGeneration(record)).toBe(generation + 1);
    await deleteDisk(record);
    expect(await openDisk(record)).toBeNull();
    expect((await createDisk(record, folder, 4)).generation).toBeGreaterThan(generation + 1);
    expect(await takeFormatOrder(record)).toBe(true);
  });
});

describe('moving the data disk', () => {
  let target: string;

  beforeEach(async () => {
    target = await mkdtemp(join(folder, 'target-'));
    const { path } = await createDisk(record, folder, 1);
    await takeFormatOrder(record);
    await write(path, 0, 'first');
    await write(path, 700_000_001, 'middle');
    await write(path, gib - 4, 'last');
  });

  it('copies what is there, leaves holes, switches, and deletes the old', async () => {
    const before = await openDisk(record);
    const seen: MoveProgress[] = [];
    const path = await moveDisk({
      recordPath: record,
      folder: target,
      report: (one) => seen.push(one),
      signal: ever,
    });
    expect(path).toBe(join(target, 'gantry-data.raw'));
    expect(await openDisk(record)).toMatchObject({ path, sizeBytes: gib, generation: before?.generation });
    expect(await hostBytes(path)).toBeLessThan(1_000_000);
    const file = await open(path, 'r');
    const text = async (at: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, at)).buffer.toString();
    expect([await text(0, 5), await text(700_000_001, 6), await text(gib - 4, 4)]).toEqual([
      'first',
      'middle',
      'last',
    ]);
    await file.close();
    expect(await readdir(folder)).not.toContain('gantry-data.raw');
    expect(await readdir(target)).toEqual(['gantry-data.raw']);
    expect(seen.at(-1)).toEqual({ step: 'check', doneBytes: gib, totalBytes: gib });
    expect(seen.map(({ step }) => step).indexOf('check')).toBeGreaterThan(0);
  });

  it('leaves the old one in use when it is broken off', async () => {
    const stop = new AbortController();
    const moving = moveDisk({
      recordPath: record,
      folder: target,
      report: () => stop.abort(),
      signal: stop.signal,
    });
    await expect(moving).rejects.toThrow();
    expect((await openDisk(record))?.path).toBe(join(folder, 'gantry-data.raw'));
    expect(await readdir(target)).toEqual([]);
  });

  it('leaves the old one in use when the copy is not the same', async () => {
    const spoil = async (progress: MoveProgress) => {
      if (progress.step === 'copy' && progress.doneBytes < gib / 4) {
        await write(join(target, 'gantry-data.raw.moving'), 3_000_000, 'other');
      }
    };
    const moving = moveDisk({
      recordPath: record,
      folder: target,
      report: (one) => void spoil(one).catch(() => undefined),
      signal: ever,
    });
    await expect(moving).rejects.toThrow('differs');
    expect((await openDisk(record))?.path).toBe(join(folder, 'gantry-data.raw'));
    expect(await readdir(target)).toEqual([]);
  });

  it('does not replace a file in the target', async () => {
    await writeFile(join(target, 'gantry-data.raw'), 'precious');
    const moving = moveDisk({ recordPath: record, folder: target, report: () => undefined, signal: ever });
    await expect(moving).rejects.toMatchObject({ problem: { code: 'vm-disk-file-in-the-way' } });
    expect(await readFile(join(target, 'gantry-data.raw'), 'utf8')).toBe('precious');
  });

  it('deletes the old file later when it was interrupted before', async () => {
    const old = join(folder, 'gantry-data.raw');
    await moveDisk({ recordPath: record, folder: target, report: () => undefined, signal: ever });
    // As it is after a crash just behind the switch.
    await writeFile(old, 'old');
    const known = await readDiskRecord(record);
    await writeFile(record, JSON.stringify({ ...known, leftover: old }));
    await openDisk(record);
    expect(await readdir(folder)).not.toContain('gantry-data.raw');
    expect((await readDiskRecord(record))?.leftover).toBeNull();
  });
});
