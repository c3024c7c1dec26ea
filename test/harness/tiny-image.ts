import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Of every such image. */
export const imageId = '0123456789abcdef';
const mark = (bytes: Buffer) => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: bytes.length,
});

/** An image whose files say nothing, but are what the manifest says. Gives the bytes of its unpacked root. */
export async function makeImage(folder: string): Promise<Buffer> {
  const root = randomBytes(64 * 1024);
  const files = {
    kernel: randomBytes(64 * 1024),
    initrd: randomBytes(64 * 1024),
    'root.br': brotliCompressSync(root),
    'welcome.tar': randomBytes(64 * 1024),
  };
  await mkdir(folder);
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  const manifest = {
    id: imageId,
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
export async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  await writeFile(path, bytes);
}
