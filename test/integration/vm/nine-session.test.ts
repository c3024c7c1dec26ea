import { mkdir, mkdtemp, readdir, readFile, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Errno, frame, NineClient, nine, shareName, text, u8, u16, u32, u64 } from './nine-client';

let outer: string;
let folder: string;

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  folder = join(outer, 'shared');
  await mkdir(folder);
  await writeFile(join(outer, 'secret'), 'secret');
});

afterEach(() => rm(outer, { recursive: true }));

/** What this process has open below the test's folder. */
async function openBelow(): Promise<string[]> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((path) => path.startsWith(outer));
}

/** The same numbers in each run. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it('answers byte for byte as the protocol says', async () => {
  const client = await NineClient.connect(folder);
  const received: Buffer[] = [];
  client.socket.on('data', (bytes: Buffer) => received.push(bytes));
  // Tversion, 128 KiB, as Linux sends it.
  await client.ask(100, [u32(131_072), text('9P2000.L')], nine.noTag);
  expect(Buffer.concat(received.splice(0)).toString('hex')).toBe(
    '1500000065ffff0000020008003950323030302e4c',
  );
  // Txattrwalk: Rlerror with EOPNOTSUPP, 95.
  await client.ask(30, [u32(0), u32(1), text('user.x')], 5).catch(() => {});
  expect(Buffer.concat(received.splice(0)).toString('hex')).toBe('0b0000000705005f000000');
  // Tauth.
  await client.ask(102, [u32(0), text(''), text(''), u32(0)], 6).catch(() => {});
  expect(Buffer.concat(received.splice(0)).toString('hex')).toBe('0b0000000706005f000000');
  await client.ask(104, [u32(0), u32(nine.noFid), text(''), text(shareName), u32(0)], 7);
  expect(Buffer.concat(received.splice(0)).toString('hex')).toMatch(/^1400000069070080/);
  await writeFile(join(folder, 'a'), 'abc', { mode: 0o640 });
  await utimes(join(folder, 'a'), 1, 2);
  await client.ask(110, [u32(0), u32(1), u16(1), text('a')], 8);
  received.splice(0);
  await client.ask(24, [u32(1), u64(0x7ff)], 9);
  const attributes = Buffer.concat(received.splice(0)).toString('hex');
  // 160 bytes; valid, qid type, …; mode, owner 0:0, one name, no device, three bytes, pieces of 124 KiB.
  expect(attributes).toMatch(/^a0000000190900ff0700000000000000/);
  expect(attributes.slice(56, 144)).toBe(
    'a0810000' +
      '00000000' +
      '00000000' +
      '0100000000000000' +
      '0000000000000000' +
      '0300000000000000' +
      '00f0010000000000',
  );
  // Tlock is granted; Tgetlock says that nobody has it.
  received.splice(0);
  await client.ask(52, [u32(1), u8(1), u32(0), u64(0), u64(0), u32(1), text('vm')], 10);
  await client.ask(54, [u32(1), u8(1), u64(3), u64(4), u32(5), text('vm')], 11);
  expect(Buffer.concat(received.splice(0)).toString('hex')).toBe(
    '08000000350a0000' + '20000000370b00020300000000000000040000000000000005000000020' + '0766d',
  );
  await client.end();
});

it('answers 200 requests at once, and none after its flush', async () => {
  const client = await NineClient.attached(folder);
  const names = Array.from({ length: 200 }, (_, index) => `f${index}`);
  const contents = await Promise.all(
    names.map(async (name) => {
      const fid = await client.create(name);
      await client.write(fid, name.repeat(1000));
      return client.read(fid, 0, 100_000);
    }),
  );
  expect(contents).toEqual(names.map((name) => name.repeat(1000)));
  const fid = await client.open('f1');
  client.answers.length = 0;
  const reads = names.map((_, index) => client.ask(116, [u32(fid), u64(0), u32(4000)], 1000 + index));
  const flushes = names.map((_, index) => client.ask(108, [u16(1000 + index)], 2000 + index));
  await Promise.all([...reads, ...flushes]);
  const order = client.answers.map(({ tag }) => tag);
  for (const index of names.keys())
    expect(order.indexOf(1000 + index)).toBeLessThan(order.indexOf(2000 + index));
  expect(order).toHaveLength(400);
  // What is not asked any more needs no waiting for.
  await client.ask(108, [u16(999)]);
  await client.end();
});

it('closes every file with its fid, and all of them with the stream', async () => {
  const client = await NineClient.attached(folder);
  const first = await client.create('a');
  expect(await openBelow()).toHaveLength(1);
  await client.clunk(first);
  expect(await openBelow()).toHaveLength(0);
  await Promise.all(Array.from({ length: 50 }, (_, index) => client.create(`f${index}`)));
  expect(await openBelow()).toHaveLength(50);
  // Cut while some are being opened.
  for (let index = 0; index < 50; index += 1) client.open(`f${index}`).catch(() => {});
  await client.walk('f0');
  await client.end();
  expect(await client.served).toBeNull();
  expect(await openBelow()).toHaveLength(0);
});

it('ends when it is told to, and begins anew with a new version', async () => {
  const ended = new AbortController();
  const client = await NineClient.connect(folder, true, ended.signal);
  await client.ask(100, [u32(8192), text('9P2000.L')], nine.noTag);
  await client.ask(104, [u32(0), u32(nine.noFid), text(''), text(shareName), u32(0)]);
  const fid = await client.create('a');
  expect((await client.ask(100, [u32(1 << 24), text('9P2000.L')], nine.noTag)).readUInt32LE()).toBe(524_288);
  expect(await openBelow()).toHaveLength(0);
  // Nothing is mounted any more.
  await expect(client.read(fid)).rejects.toEqual(new Errno(95));
  expect(await client.ask(100, [u32(8192), text('9P2000')], nine.noTag)).toEqual(
    Buffer.concat([u32(8192), text('unknown')]),
  );
  ended.abort();
  expect(await client.served).toBeNull();
});

it.each([
  ['a size that no frame has', u32(3), /3 bytes, where 7 to 131072 are possible/],
  ['a frame larger than agreed upon', frame(118, 1, Buffer.alloc(131_072)), /131079 bytes/],
  ['a request that is cut off', frame(110, 1, u32(0), u32(1), u16(5)), /shorter/],
  ['a request with something behind it', frame(120, 1, u32(0), u32(0)), /4 bytes too many/],
])('ends the session in words after %s', async (_, bytes, words) => {
  const client = await NineClient.attached(folder);
  client.socket.write(bytes);
  expect(await client.served).toMatchObject({ message: expect.stringMatching(words) });
});

it('takes no request before the version', async () => {
  const client = await NineClient.connect(folder);
  client.socket.write(frame(120, 1, u32(0)));
  expect(await client.served).toMatchObject({ message: expect.stringMatching(/before the version/) });
});

it('survives thousands of frames of garbage, and touches nothing outside', async () => {
  const pick = random(20_261_127);
  const types = [
    8, 12, 14, 16, 18, 20, 22, 24, 26, 30, 32, 40, 50, 52, 54, 70, 72, 74, 76, 110, 116, 118, 120, 122,
  ];
  const names = ['..', '.', '', 'a', 'b', '../secret', '../../etc', 'a/b', 'x'.repeat(300), 'secret', outer];
  const fields = [
    () => u32(pick(6)),
    () => u32(pick(6)),
    () => text(names[pick(names.length)] ?? ''),
    () => u32(pick(2 ** 32)),
    () => u64(pick(2 ** 20)),
    () => u16(pick(3)),
    () => u8(pick(256)),
  ];
  /** Shapes that often are a request, so that more than the reader is met. */
  const shaped = (type: number, tag: number): Buffer => {
    const name = () => text(names[pick(names.length)] ?? '');
    const fid = () => u32(pick(6));
    if (type === 110) return frame(type, tag, fid(), fid(), u16(1), name());
    if (type === 12) return frame(type, tag, fid(), u32(pick(4)));
    if (type === 14) return frame(type, tag, fid(), name(), u32(pick(0o2000)), u32(pick(0o1000)), u32(0));
    if (type === 16) return frame(type, tag, fid(), name(), name(), u32(0));
    if (type === 72) return frame(type, tag, fid(), name(), u32(0o755), u32(0));
    if (type === 74) return frame(type, tag, fid(), name(), fid(), name());
    if (type === 76) return frame(type, tag, fid(), name(), u32(pick(2) * 0x200));
    if (type === 70) return frame(type, tag, fid(), fid(), name());
    if (type === 120 || type === 122) return frame(type, tag, u32(1 + pick(5)));
    return frame(
      type,
      tag,
      ...Array.from({ length: pick(6) }, () => fields[pick(fields.length)]?.() ?? u8(0)),
    );
  };
  for (let session = 0; session < 60; session += 1) {
    const client = await NineClient.attached(folder);
    for (let sent = 0; sent < 60 && !client.socket.destroyed; sent += 1) {
      const request = shaped(types[pick(types.length)] ?? 8, 100 + sent);
      if (pick(40) === 0) request[pick(request.length)] = pick(256);
      client.socket.write(request);
      if (sent % 15 === 0) await client.ask(108, [u16(0)]).catch(() => {});
    }
    await client.end();
    expect([null, expect.objectContaining({ name: 'BadFrame' })]).toContainEqual(await client.served);
  }
  expect(await readFile(join(outer, 'secret'), 'utf8')).toBe('secret');
  expect((await readdir(outer)).sort()).toEqual(['secret', 'shared']);
  expect(await openBelow()).toHaveLength(0);
}, 60_000);
