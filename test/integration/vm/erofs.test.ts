import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOut } from '#vm/erofs';
import { findProgram, run } from '../../harness/run';

const missing = findProgram('mkfs.erofs') ? undefined : 'not installed: mkfs.erofs';
const signal = new AbortController().signal;

describe.skipIf(missing)(missing ? `an erofs image (${missing})` : 'an erofs image', () => {
  let folder: string;
  let image: string;
  const source = (path: string) => join(folder, 'source', path);
  /** Lengths around that of a block (4096), by which the format puts the end of a file elsewhere. */
  const lengths = { empty: 0, short: 11, block: 4096, 'block-and-some': 5000, long: 3_000_001 };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gantry-erofs-'));
    mkdirSync(source('usr/bin'), { recursive: true });
    for (const [name, length] of Object.entries(lengths))
      writeFileSync(source(`usr/bin/${name}`), Buffer.alloc(length, `${name} `));
    // More names than one block holds.
    mkdirSync(source('many'));
    for (let index = 0; index < 600; index += 1) writeFileSync(source(`many/file-${index}`), String(index));
    image = join(folder, 'root.erofs');
    await run('mkfs.erofs', ['--quiet', '-x-1', image, join(folder, 'source')]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function copied(path: string, from = image): Promise<Buffer> {
    const file = await open(from);
    const to = join(folder, 'copy');
    try {
      await copyOut(file, path, to, signal);
      expect(statSync(to).mode & 0o777).toBe(0o700);
      return readFileSync(to);
    } finally {
      await file.close();
      rmSync(to, { force: true });
    }
  }

  test.each([
    ...Object.keys(lengths).map((name) => `usr/bin/${name}`),
    'many/file-0',
    'many/file-317',
    'many/file-599',
  ])('gives %s, byte for byte', async (path) => {
    expect((await copied(path)).equals(readFileSync(source(path)))).toBe(true);
  });

  test('also gives files with attributes and times of their own', async () => {
    const other = join(folder, 'other.erofs');
    await run('mkfs.erofs', ['--quiet', '-Eforce-inode-extended', other, join(folder, 'source')]);
    expect((await copied('usr/bin/long', other)).equals(readFileSync(source('usr/bin/long')))).toBe(true);
  });

  test('says what it cannot give', async () => {
    await expect(copied('usr/bin/nothing')).rejects.toThrow('There is no usr/bin/nothing');
    await expect(copied('usr/bin/short/more')).rejects.toThrow('There is no usr/bin/short/more');
    await expect(copied('usr/bin')).rejects.toThrow('is no file');
    await expect(copied('x', source('usr/bin/long'))).rejects.toThrow('no erofs image');
    await expect(copied('x', source('usr/bin/short'))).rejects.toThrow('ends too early');
  });
});
