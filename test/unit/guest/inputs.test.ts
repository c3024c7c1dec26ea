import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFolders, idOf } from '#guest/inputs';

describe('the hash of folders', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
    await mkdir(join(folder, 'a/sub'), { recursive: true });
    await writeFile(join(folder, 'a/init.sh'), 'one');
    await writeFile(join(folder, 'a/sub/agent.go'), 'two');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('stays the same wherever the folder is and whenever its files were written', async () => {
    const before = await hashFolders([join(folder, 'a')]);
    await utimes(join(folder, 'a/init.sh'), 1, 1);
    await rename(join(folder, 'a'), join(folder, 'b'));
    expect(await hashFolders([join(folder, 'b')])).toBe(before);
  });

  it('changes with a content, with a name, and with what is in which file', async () => {
    const before = await hashFolders([join(folder, 'a')]);
    await writeFile(join(folder, 'a/sub/agent.go'), 'three');
    const content = await hashFolders([join(folder, 'a')]);
    await rename(join(folder, 'a/sub/agent.go'), join(folder, 'a/sub/other.go'));
    const name = await hashFolders([join(folder, 'a')]);
    await writeFile(join(folder, 'a/init.sh'), 'three');
    await writeFile(join(folder, 'a/sub/other.go'), 'one');
    const swapped = await hashFolders([join(folder, 'a')]);
    expect(new Set([before, content, name, swapped]).size).toBe(4);
  });
});

describe('the id of inputs', () => {
  it('does not depend on their order, and on nothing else less than all', () => {
    const id = idOf({ arch: 'amd64', packages: 'tini 1' });
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    expect(idOf({ packages: 'tini 1', arch: 'amd64' })).toBe(id);
    expect(idOf({ arch: 'arm64', packages: 'tini 1' })).not.toBe(id);
    expect(idOf({ arch: 'amd64', packages: 'tini 2' })).not.toBe(id);
  });
});
