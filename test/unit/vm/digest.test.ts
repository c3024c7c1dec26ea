import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '#vm/digest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-digest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const never = new AbortController().signal;

test('a file has the digest that Node gives its bytes, also beyond one piece and when empty', async () => {
  for (const length of [0, 5, 3 * 1024 * 1024 + 7]) {
    const path = join(folder, `${length}`);
    const bytes = Buffer.alloc(length, 'gantry');
    await writeFile(path, bytes);
    expect(await digestOf(path, never)).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

test('a file that is not there rejects', async () => {
  await expect(digestOf(join(folder, 'absent'), never)).rejects.toThrow('ENOENT');
});

test('an abort ends the work', async () => {
  const path = join(folder, 'long');
  await writeFile(path, Buffer.alloc(64 * 1024 * 1024));
  const stop = new AbortController();
  const digest = digestOf(path, stop.signal);
  stop.abort(new Error('broken off'));
  await expect(digest).rejects.toThrow('broken off');
});
