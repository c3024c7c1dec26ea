import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { FILE_TIME, ROOT_UUID } from './recipe';
import { run } from './tools';

/** Makes the read-only root: an erofs without compression, which an emulated guest would pay for at each read. */
export async function makeRoot(folder: string, out: string): Promise<void> {
  const fixed = ['--all-root', `-T${FILE_TIME}`, `-U${ROOT_UUID}`, '-x-1'];
  await run('mkfs.erofs', [...fixed, '--quiet', out, folder]);
}

/** Brotli's levels go to 11. Level 4 takes seconds and gives 110 MB; level 9 takes minutes for some MB less. */
const QUALITY = 4;

/** Packs by brotli, which every supported Node can unpack. The large window finds what two Go programs share. */
export async function packRoot(root: string, out: string): Promise<void> {
  const { size } = await stat(root);
  const brotli = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LARGE_WINDOW]: 1,
      [constants.BROTLI_PARAM_LGWIN]: 28,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
    chunkSize: 1 << 20,
  });
  await pipeline(createReadStream(root, { highWaterMark: 1 << 20 }), brotli, createWriteStream(out));
}

/** Size and SHA-256 of a file, as the manifest has them. */
export async function fingerprint(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return { sha256: hash.digest('hex'), bytes: (await stat(path)).size };
}
