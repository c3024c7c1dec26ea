// The guest image that was built last, if there is one: `npm run guest:build` makes it.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliDecompress } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { guestManifest } from '#guest/manifest';
import { PACKAGES, PACKED_LIMIT } from '#guest/recipe';
import { ROOT } from '../../harness/app';

const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
const folder = join(ROOT, 'out/guest', arch);
const isBuilt = existsSync(join(folder, 'manifest.json'));
const name = isBuilt
  ? 'the built guest image'
  : 'the built guest image (skipped: npm run guest:build was not run)';

const readManifest = async () =>
  guestManifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));

async function digestOf(content: Readable): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  content.on('data', (part: Buffer) => {
    bytes += part.length;
  });
  await pipeline(content, hash);
  return { sha256: hash.digest('hex'), bytes };
}

describe.skipIf(!isBuilt)(name, () => {
  it('has the files that its manifest names, byte for byte', async () => {
    const { files } = await readManifest();
    for (const [file, expected] of Object.entries(files)) {
      expect({ file, ...(await digestOf(createReadStream(join(folder, file)))) }).toEqual({
        file,
        ...expected,
      });
    }
  });

  it('unpacks to the root of the manifest', async () => {
    const { root } = await readManifest();
    const inflate = createBrotliDecompress({
      params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 1 },
      chunkSize: 1 << 20,
    });
    const unpacked = createReadStream(join(folder, 'root.br')).pipe(inflate);
    expect(await digestOf(unpacked)).toEqual(root);
  });

  it('is small enough to be shipped, and says what is in it', async () => {
    const { packages } = await readManifest();
    const sizes = await Promise.all(
      ['kernel', 'initrd', 'root.br'].map(async (file) => (await stat(join(folder, file))).size),
    );
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(PACKED_LIMIT);
    const named = packages.map((one) => one.name);
    expect(named).toEqual(expect.arrayContaining(PACKAGES.map((one) => one.name)));
    expect(named.filter((one) => one.startsWith('linux-image-'))).toHaveLength(1);
  });
});
