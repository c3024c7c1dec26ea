import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Fault } from './fault';
import { FaultHome } from './fault-home';

const id = '0123456789abcdef';
const mark = (bytes: Buffer) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: bytes.length,
});

/** An image whose files say nothing, but are what the manifest says. Gives the bytes of its unpacked root. */
async function makeImage(folder: string): Promise<Buffer> {
  const root = randomBytes(1024 ** 2);
  const files = {
    kernel: randomBytes(64 * 1024),
    initrd: randomBytes(64 * 1024),
    'root.br': brotliCompressSync(root),
    'welcome.tar': randomBytes(64 * 1024),
  };
  await mkdir(folder);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  const manifest = {
    id,
    arch: process.arch === 'arm64' ? 'arm64' : 'amd64',
    builtAt: new Date(0).toISOString(),
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, mark(bytes)])),
    root: mark(root),
    packages: [],
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return root;
}

/** Changes one bit in the middle. */
async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile(path, bytes);
}

async function refused(file: 'kernel' | 'initrd' | 'root.br' | 'unpacked root'): Promise<string> {
  await using home = await FaultHome.make();
  const image = join(home.folder, 'image');
  const root = await makeImage(image);
  const unpacked = join(home.places.images, id, 'root.erofs');
  if (file !== 'root.br') {
    await mkdir(join(home.places.images, id));
    await writeFile(unpacked, root);
  }
  await flip(file === 'unpacked root' ? unpacked : join(image, file));
  const vm = home.open(image);
  const problem = await home.refusal(vm);
  assert.equal(problem.code, 'vm-image-damaged');
  assert.match(problem.detail ?? '', /^sha256 /);
  assert.equal(home.qemu(), null);
  assert.ok(!existsSync(home.places.serialLog), 'QEMU was started');
  assert.ok(!existsSync(home.places.diskRecord), 'A disk was created');
  assert.equal(existsSync(unpacked), file === 'kernel' || file === 'initrd');
  return problem.title;
}

export const damagedImages: Fault[] = (['kernel', 'initrd', 'root.br', 'unpacked root'] as const).map(
  (file) => ({ name: `one changed bit in the image: ${file}`, check: () => refused(file) }),
);
