import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/mini';
import type { UpdatePhase, UpdatesState } from '#contract/updates';
import { mayOpenOutside } from '../outside';

/** Where this copy looks for updates, and what it believes. */
export interface UpdateConfig {
  /** Folder on the web with the feed and the packages; ends with a slash. */
  feed: string;
  /** Ed25519, as SPKI in base64. */
  publicKey: string;
  way: UpdatesState['way'];
  /** The file that electron-updater reads for itself. */
  file: string;
}

// JSON, which is YAML as well: scripts/package/feed.mjs writes it, electron-updater reads it as YAML.
const appUpdate = z.object({ provider: z.literal('generic'), url: z.string() });
const manifest = z.object({ updates: z.optional(z.object({ publicKey: z.string() })) });

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/**
 * @param resources the packaged app's folder beside its archive, with `app-update.yml` and, in a deb or rpm,
 * `package-type`
 * @param archive the folder with the packaged `package.json`, which has the key. The archive's integrity is checked by
 * Electron on macOS and Windows; the feed's address needs no such care.
 */
export function readUpdateConfig(
  resources: string,
  archive: string,
): UpdateConfig | Extract<UpdatePhase, { phase: 'none' }> {
  const file = join(resources, 'app-update.yml');
  if (!existsSync(file)) return { phase: 'none', why: 'no-feed' };
  const { url } = appUpdate.parse(readJson(file));
  const feed = url.endsWith('/') ? url : `${url}/`;
  // A feed in plain text would tell everybody on the way which version runs here.
  if (!mayOpenOutside(feed)) throw new Error(`${file} names ${url}, which is no https: address`);
  const { updates } = manifest.parse(readJson(join(archive, 'package.json')));
  if (!updates) return { phase: 'none', why: 'unsigned' };
  return { feed, publicKey: updates.publicKey, way: wayOf(resources), file };
}

/** electron-builder and scripts/package/deb.mjs write the kind of package into `package-type`. */
function wayOf(resources: string): UpdatesState['way'] {
  if (process.platform !== 'linux') return 'by-hand';
  if (process.env.APPIMAGE) return 'AppImage';
  const mark = join(resources, 'package-type');
  const kind = existsSync(mark) ? readFileSync(mark, 'utf8').trim() : '';
  return kind === 'deb' || kind === 'rpm' ? kind : 'by-hand';
}
