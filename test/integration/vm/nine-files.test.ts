import { execFile } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Errno, NineClient, nine, text, u16, u32, u64 } from './nine-client';

const errno = (number: number) => new Errno(number);
const create = 0o102;
const append = 0o2001;

let outer: string;
let folder: string;
let client: NineClient;

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  folder = join(outer, 'shared');
  await mkdir(folder);
  await writeFile(join(outer, 'secret'), 'secret');
  client = await NineClient.attached(folder);
});

afterEach(async () => {
  await client.end();
  await rm(outer, { recursive: true });
});

const here = (name: string) => readFile(join(folder, name), 'utf8');

describe('a file in a shared folder', () => {
  it('is created with exactly its mode, written, read and appended to', async () => {
    const fid = await client.create('a', create, 0o666);
    expect(await client.write(fid, 'hello')).toBe(5);
    expect(await client.write(fid, 'J')).toBe(1);
    expect(await client.read(fid)).toBe('Jello');
    expect(await client.read(fid, 3)).toBe('lo');
    expect(await client.mode(fid)).toBe(0o100666);
    await client.clunk(fid);
    const appending = await client.open('a', append);
    await client.write(appending, '!', 0);
    expect(await here('a')).toBe('Jello!');
    await expect(client.read(appending)).rejects.toEqual(errno(9));
  });

  it('is emptied by opening, and cut or lengthened by its attributes', async () => {
    await writeFile(join(folder, 'a'), 'long content');
    await client.clunk(await client.open('a', 0o1001));
    expect(await here('a')).toBe('');
    await writeFile(join(folder, 'a'), 'long content');
    const size = async (fid: number, bytes: number) =>
      client.ask(26, [u32(fid), u32(8), u32(0), u32(0), u32(0), u64(bytes), u64(0), u64(0), u64(0), u64(0)]);
    await size(await client.walk('a'), 4);
    expect(await here('a')).toBe('long');
    await size(await client.open('a', 2), 6);
    expect(await here('a')).toBe('long\0\0');
  });

  it('takes a mode, a time and another owner, of which the last has no effect', async () => {
    await writeFile(join(folder, 'a'), '');
    const fid = await client.walk('a');
    // Mode with setuid, owner 999:999, both times: of them the second as given, the first as it is now.
    const valid = 0x1 | 0x2 | 0x4 | 0x10 | 0x20 | 0x100;
    await client.ask(26, [
      u32(fid),
      u32(valid),
      u32(0o4751),
      u32(999),
      u32(999),
      u64(0),
      u64(0),
      u64(0),
      u64(1_000_000_000),
      u64(500_000_000),
    ]);
    const stats = await stat(join(folder, 'a'));
    expect(stats.mode & 0o7777).toBe(0o751);
    expect(stats.uid).toBe(process.getuid?.());
    expect(stats.mtimeMs).toBe(1_000_000_000_500);
    expect(Math.abs(stats.atimeMs - Date.now())).toBeLessThan(60_000);
  });

  it('keeps its open handle when it is renamed, replaced or removed', async () => {
    const fid = await client.create('a');
    await client.write(fid, 'kept');
    await client.renameAt('a', 'b');
    await writeFile(join(folder, 'c'), 'other');
    await client.renameAt('c', 'b');
    expect(await here('b')).toBe('other');
    await client.ask(76, [u32(nine.root), text('b'), u32(0)]);
    expect(await client.read(fid)).toBe('kept');
    expect(await client.mode(fid)).toBe(0o100644);
    await expect(client.walk('b')).rejects.toEqual(errno(2));
  });

  it('is found under its new path after its folder was renamed', async () => {
    await mkdir(join(folder, 'old/deep'), { recursive: true });
    await writeFile(join(folder, 'old/deep/a'), 'deep');
    const fid = await client.walk('old/deep/a');
    await client.renameAt('old', 'new');
    await client.ask(12, [u32(fid), u32(0)]);
    expect(await client.read(fid)).toBe('deep');
  });

  it('gets a second name, and a link with any target', async () => {
    await writeFile(join(folder, 'a'), 'two');
    await client.ask(70, [u32(nine.root), u32(await client.walk('a')), text('b')]);
    expect((await stat(join(folder, 'b'))).nlink).toBe(2);
    await client.symlink('l', '../../etc/passwd');
    expect(await readlink(join(folder, 'l'))).toBe('../../etc/passwd');
    const target = await client.ask(22, [u32(await client.walk('l'))]);
    expect(target).toEqual(text('../../etc/passwd'));
    await expect(client.ask(70, [u32(nine.root), u32(await client.walk('l')), text('m')])).rejects.toEqual(
      errno(1),
    );
  });

  it('is removed as what it is', async () => {
    await mkdir(join(folder, 'd/e'), { recursive: true });
    const unlink = (name: string, flags: number) => client.ask(76, [u32(nine.root), text(name), u32(flags)]);
    await expect(unlink('d', 0)).rejects.toEqual(errno(21));
    await expect(unlink('d', 0x200)).rejects.toEqual(errno(39));
    await client.ask(122, [u32(await client.walk('d/e'))]);
    await unlink('d', 0x200);
    await expect(client.walk('d')).rejects.toEqual(errno(2));
    await expect(client.ask(122, [u32(nine.root)])).rejects.toEqual(errno(16));
  });

  it('cannot be a pipe or a device, and a pipe of this computer cannot be opened', async () => {
    const mknod = (name: string, mode: number) =>
      client.ask(18, [u32(nine.root), text(name), u32(mode), u32(0), u32(0), u32(0)]);
    await expect(mknod('p', 0o010644)).rejects.toEqual(errno(95));
    await expect(mknod('s', 0o060644)).rejects.toEqual(errno(95));
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
    await expect(client.open('pipe')).rejects.toEqual(errno(6));
    await mknod('f', 0o100600);
    expect((await stat(join(folder, 'f'))).mode & 0o777).toBe(0o600);
  });
});

describe('a folder', () => {
  it('is created with exactly its mode, and walked in', async () => {
    await client.ask(72, [u32(nine.root), text('d'), u32(0o777), u32(0)]);
    expect((await stat(join(folder, 'd'))).mode & 0o7777).toBe(0o777);
    await client.clunk(await client.create('a', create, 0o644, 'd'));
    expect(await here('d/a')).toBe('');
  });

  it('is listed as it was when the listing began', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `file-${index}`);
    await Promise.all(names.map((name) => writeFile(join(folder, name), '')));
    const fid = await client.open('');
    const listed: string[] = [];
    for (let offset = 0n; ; ) {
      const part = await client.list(fid, offset, 8000);
      if (part.names.length === 0) break;
      listed.push(...part.names);
      offset = part.next;
      // What comes meanwhile moves nothing.
      await writeFile(join(folder, `a-${offset}`), '');
    }
    expect(listed.slice(0, 2)).toEqual(['.', '..']);
    expect(listed.slice(2).sort()).toEqual(names.sort());
    const again = await client.list(fid, 0n, 131_000);
    expect(again.names.length).toBeGreaterThan(3000);
    await expect(client.list(fid, 0n, 10)).rejects.toEqual(errno(22));
  });
});

describe('nothing outside', () => {
  it('is reached by a name', async () => {
    for (const name of ['..', '../secret', 'a/../../secret', '.', 'a\\b', 'a\0b'])
      await expect(client.create(name)).rejects.toEqual(errno(22));
    // Up from the folder itself is the folder itself.
    const names = ['..', '..', 'secret'];
    const body = await client.ask(110, [u32(0), u32(77), u16(3), ...names.map(text)]);
    expect(body.readUInt16LE()).toBe(2);
    expect(body.subarray(2, 15)).toEqual(body.subarray(15, 28));
  });

  it('is reached through a link, whatever is asked of it', async () => {
    await symlink(outer, join(folder, 'up'));
    await symlink(join(outer, 'secret'), join(folder, 'file'));
    await symlink(join(outer, 'new'), join(folder, 'dangling'));
    await expect(client.walk('up/secret')).rejects.toEqual(errno(2));
    await expect(client.open('file')).rejects.toEqual(errno(40));
    await expect(client.open('file', 0o1002)).rejects.toEqual(errno(40));
    await expect(client.create('dangling')).rejects.toEqual(errno(40));
    await expect(client.create('new', create, 0o644, 'up')).rejects.toEqual(errno(40));
    const up = await client.walk('up');
    await expect(client.ask(72, [u32(up), text('d'), u32(0o755), u32(0)])).rejects.toEqual(errno(40));
    await expect(client.renameAt('secret', 'stolen', up)).rejects.toEqual(errno(40));
    await expect(client.ask(76, [u32(up), text('secret'), u32(0)])).rejects.toEqual(errno(40));
    const chmodLink = [u32(await client.walk('file')), u32(1), u32(0o700), u32(0), u32(0)];
    await expect(client.ask(26, [...chmodLink, ...Array.from({ length: 5 }, () => u64(0))])).rejects.toEqual(
      errno(95),
    );
    expect(await readFile(join(outer, 'secret'), 'utf8')).toBe('secret');
    await expect(stat(join(outer, 'new'))).rejects.toThrow('ENOENT');
  });

  it('is reached when a folder becomes a link between two requests', async () => {
    await mkdir(join(folder, 'd'));
    await writeFile(join(folder, 'd/secret'), 'inside');
    const [file, listed] = [await client.walk('d/secret'), await client.open('d')];
    await rename(join(folder, 'd'), join(folder, 'moved'));
    await symlink(outer, join(folder, 'd'));
    await expect(client.ask(12, [u32(file), u32(0)])).rejects.toEqual(errno(40));
    await expect(client.mode(file)).rejects.toEqual(errno(40));
    await expect(client.list(listed)).rejects.toEqual(errno(40));
  });

  it('is reached while the client itself swaps folders and links as fast as it can', async () => {
    await mkdir(join(folder, 'd'));
    await mkdir(join(folder, 'real'));
    await writeFile(join(folder, 'real/secret'), 'inside');
    await client.symlink('link', outer);
    const secret = async () => {
      try {
        const fid = await client.open('d/secret');
        const content = await client.read(fid);
        await client.clunk(fid);
        return content;
      } catch (error) {
        if (error instanceof Errno) return null;
        throw error;
      }
    };
    const found = new Set<string | null>();
    for (let round = 0; round < 150; round += 1) {
      const swaps = [
        client.renameAt('d', 'away').catch(() => {}),
        client.renameAt(round % 2 ? 'link' : 'real', 'd').catch(() => {}),
      ];
      for (const content of await Promise.all(Array.from({ length: 8 }, secret))) found.add(content);
      await Promise.all(swaps);
      await client.renameAt('d', round % 2 ? 'link' : 'real').catch(() => {});
      await client.renameAt('away', 'd').catch(() => {});
    }
    expect(found).not.toContain('secret');
  });
});

it('changes nothing in a folder that is shared for reading', async () => {
  await writeFile(join(folder, 'a'), 'kept');
  await chmod(join(folder, 'a'), 0o600);
  const reader = await NineClient.attached(folder, false);
  const a = await reader.walk('a');
  const fields = Array.from({ length: 5 }, () => u64(0));
  const changes = [
    reader.open('a', 1),
    reader.open('a', 0o1000),
    reader.create('b'),
    reader.symlink('l', 'a'),
    reader.renameAt('a', 'b'),
    reader.ask(18, [u32(0), text('f'), u32(0o100644), u32(0), u32(0), u32(0)]),
    reader.ask(20, [u32(a), u32(0), text('b')]),
    reader.ask(26, [u32(a), u32(1), u32(0o777), u32(0), u32(0), ...fields]),
    reader.ask(70, [u32(0), u32(a), text('b')]),
    reader.ask(72, [u32(0), text('d'), u32(0o755), u32(0)]),
    reader.ask(76, [u32(0), text('a'), u32(0)]),
    reader.walk('a').then((fid) => reader.ask(122, [u32(fid)])),
  ];
  const answers = await Promise.allSettled(changes);
  expect(answers.map((answer) => answer.status === 'rejected' && answer.reason)).toEqual(
    changes.map(() => errno(30)),
  );
  expect(await reader.read(await reader.open('a'))).toBe('kept');
  expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o600);
  await reader.end();
});
