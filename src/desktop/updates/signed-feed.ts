import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod/mini';
import { forgedFeed, strangeFeed } from './problems';
import { type Fetch, fetchBytes } from './web';

/** The names of electron-updater's feeds, one for each system and processor. */
export function feedName(platform: NodeJS.Platform, arch: string): string {
  if (platform === 'darwin') return 'latest-mac.yml';
  if (platform === 'win32') return 'latest.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}

// JSON, which is YAML as well: a signed text that can be read in one way only.
const feed = z.object({
  // Without build metadata, in which two versions differ and are none newer.
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/)),
  releaseDate: z.iso.datetime(),
  releaseNotes: z.string(),
  files: z
    .array(
      z.object({
        // A plain name: it becomes one on the disk, and a word for the package manager.
        url: z.string().check(z.regex(/^[\w][\w.+~-]*$/)),
        sha512: z.string().check(z.regex(/^[A-Za-z0-9+/]{86}==$/)),
        size: z.int().check(z.positive()),
      }),
    )
    .check(z.minLength(1)),
});
export type SignedFeed = z.infer<typeof feed>;

/** Whether these very bytes were signed with the private half of the key. @param publicKey Ed25519, SPKI, base64 */
function isSigned(bytes: Buffer, signature: Buffer, publicKey: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`The key for updates is ${key.asymmetricKeyType}`);
  return verify(null, bytes, key, signature);
}

/**
 * The feed, read only after its signature fits; electron-updater itself would believe any feed.
 * @param from folder on the web, ends with a slash. The signature lies beside the feed, base64, with `.sig` at its end.
 */
export async function fetchFeed(
  fetch: Fetch,
  from: string,
  publicKey: string,
  signal: AbortSignal,
): Promise<SignedFeed> {
  const address = from + feedName(process.platform, process.arch);
  const bytes = await fetchBytes(fetch, address, signal);
  const signature = await fetchBytes(fetch, `${address}.sig`, signal);
  if (!isSigned(bytes, Buffer.from(signature.toString('latin1'), 'base64'), publicKey)) throw forgedFeed();
  try {
    return feed.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw strangeFeed(error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error));
  }
}
