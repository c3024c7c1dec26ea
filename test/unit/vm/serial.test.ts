import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followSerial, lastSerial, parseSerial, type SerialLine } from '#vm/serial';

describe('a serial line', () => {
  it('names a step and when it began', () => {
    expect(parseSerial('GANTRY 3.21 disk\r')).toEqual({ kind: 'step', uptime: 3.21, step: 'disk' });
    expect(parseSerial('GANTRY 12 ready')).toEqual({ kind: 'step', uptime: 12, step: 'ready' });
  });

  it('is found behind a piece of the kernel’s own', () => {
    expect(parseSerial('[    1.2] vda: GANTRY 1.30 network')).toEqual({
      kind: 'step',
      uptime: 1.3,
      step: 'network',
    });
  });

  it('says that the disk was formatted and that the guest is off', () => {
    expect(parseSerial('GANTRY 2.5 formatted')).toEqual({ kind: 'formatted', uptime: 2.5 });
    expect(parseSerial('GANTRY 99.1 power-off')).toEqual({ kind: 'power-off', uptime: 99.1 });
  });

  it('says what failed, why, and in which words', () => {
    expect(parseSerial('GANTRY 2.5 failed disk not-formatted The disk has no file system')).toEqual({
      kind: 'failed',
      uptime: 2.5,
      step: 'disk',
      reason: 'not-formatted',
      text: 'The disk has no file system',
    });
  });

  it('tells a panic from other text', () => {
    const panic = '[    0.5] Kernel panic - not syncing: VFS: Unable to mount root fs';
    expect(parseSerial(panic)).toEqual({ kind: 'panic', text: panic });
    expect(parseSerial('GANTRY 2.5 unheard-of step')).toEqual({
      kind: 'text',
      text: 'GANTRY 2.5 unheard-of step',
    });
  });
});

describe('following a serial log', () => {
  let folder: string;
  let path: string;
  const stop = new AbortController();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
    path = join(folder, 'serial.log');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function next(lines: AsyncIterator<SerialLine>): Promise<SerialLine> {
    const { value, done } = await lines.next();
    if (done) throw new Error('The log ended');
    return value;
  }

  it('waits for the file, takes lines in pieces, begins anew with a new machine, and ends', async () => {
    const lines = followSerial(path, stop.signal)[Symbol.asyncIterator]();
    const first = next(lines);
    await appendFile(path, 'GANTRY 1 ker');
    await appendFile(path, 'nel\nGANTRY 2 disk\nrest ü');
    expect(await first).toMatchObject({ step: 'kernel' });
    expect(await next(lines)).toMatchObject({ step: 'disk' });
    const second = next(lines);
    await truncate(path, 0);
    await appendFile(path, 'new\n');
    expect(await second).toEqual({ kind: 'text', text: 'new' });
    const end = lines.next();
    stop.abort();
    expect(await end).toMatchObject({ done: true });
  });

  it('reads the end of a log from the beginning of a line on', async () => {
    expect(await lastSerial(path, 100)).toBe('');
    await writeFile(path, 'one\ntwo\nthree\n');
    expect(await lastSerial(path, 100)).toBe('one\ntwo\nthree\n');
    expect(await lastSerial(path, 8)).toBe('three\n');
  });
});
