// What an installed Gantry needs to know of updates, and the feed that it reads. All of it is JSON, which is YAML as
// well, the form in which electron-updater wants both files. docs/PACKAGES.md tells how they are used.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The address of the folder on the web into which all packages are put. */
export const feedAddress = process.env.GANTRY_UPDATE_FEED;

/** The key that signs the feed: an Ed25519 key in a PEM file (openssl genpkey -algorithm ed25519). */
function signingKey() {
  const file = process.env.GANTRY_UPDATE_KEY;
  if (!file) return undefined;
  const key = createPrivateKey(readFileSync(file));
  if (key.asymmetricKeyType !== 'ed25519')
    throw new Error(`${file} is ${key.asymmetricKeyType}, not ed25519`);
  return key;
}

/** The public half for the packages, SPKI in base64; undefined without a key. */
export function publicKey() {
  const key = signingKey();
  return key && createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** `app-update.yml` for the packages. The cache's folder is below Gantry's own. */
export function writeAppUpdate(folder, url) {
  const config = { provider: 'generic', url, updaterCacheDirName: 'updates' };
  writeFileSync(join(folder, 'app-update.yml'), `${JSON.stringify(config, null, 2)}\n`);
}

/** As electron-updater calls them; src/desktop/updates/signed-feed.ts has the same names. */
function feedName() {
  if (process.platform === 'darwin') return 'latest-mac.yml';
  if (process.platform === 'win32') return 'latest.yml';
  return process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`;
}

const entry = (file) => ({
  url: basename(file),
  sha512: createHash('sha512').update(readFileSync(file)).digest('base64'),
  size: statSync(file).size,
});

/** Writes the feed of these packages beside them, and its signature when there is a key. */
export function writeFeed(folder, { files, version, notes }) {
  const feed = {
    version,
    releaseDate: new Date().toISOString(),
    releaseNotes: notes,
    files: files.map(entry),
  };
  const bytes = Buffer.from(`${JSON.stringify(feed, null, 2)}\n`);
  const path = join(folder, feedName());
  writeFileSync(path, bytes);
  const key = signingKey();
  if (key) writeFileSync(`${path}.sig`, `${sign(null, bytes, key).toString('base64')}\n`);
  return { path, signed: key !== undefined };
}

/** What the changelog says of this version, or of the next one. */
export function notesOf(changelog, version) {
  const chapters = changelog.split(/^## /m).slice(1);
  const chapter =
    chapters.find((text) => text.startsWith(`[${version}]`)) ??
    chapters.find((text) => text.startsWith('[Unreleased]'));
  return chapter?.slice(chapter.indexOf('\n')).trim() ?? '';
}
