// What electron-updater does here: compares the versions, keeps and finds a finished download, and hands the package
// to the system. What it believes comes from a signed feed alone. A program file of its own (scripts/build.mjs), which
// is read when updates are looked for.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { UpdateInfo } from 'builder-util-runtime';
import { AppImageUpdater, type BaseUpdater, DebUpdater, Provider, RpmUpdater } from 'electron-updater';
import type { AppAdapter } from 'electron-updater/out/AppAdapter';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider';
import type { Update } from '#contract/updates';
import type { UpdateConfig } from './config';
import { downgrade, forgedFile, noSuchPackage, notInstalled, problemOf } from './problems';
import { fetchFeed, type SignedFeed } from './signed-feed';
import { type Fetch, fetchFile } from './web';

export { problemOf };

/** Below Gantry's folder. */
export const updatesFolder = 'updates';

const updaters = { deb: DebUpdater, rpm: RpmUpdater, AppImage: AppImageUpdater };
const endings = { deb: '.deb', rpm: '.rpm', AppImage: '.AppImage' };
/** Sent to nobody: electron-updater would give each user a number, for updates that only some get at first. */
const nobody = '00000000-0000-0000-0000-000000000000';

interface Surroundings extends UpdateConfig {
  /** The version that runs. */
  version: string;
  /** Gantry's folder. */
  folder: string;
  fetch: Fetch;
}

/** An electron-updater that reads the web through `download`, and knows of the feed what `latest` says. */
function fitOut(
  around: Surroundings,
  way: keyof typeof updaters,
  latest: () => UpdateInfo,
  download: (url: URL, destination: string) => Promise<void>,
): BaseUpdater {
  const app: AppAdapter = {
    version: around.version,
    name: 'Gantry',
    isPackaged: true,
    appUpdateConfigPath: around.file,
    userDataPath: join(around.folder, updatesFolder),
    baseCachePath: around.folder,
    whenReady: () => Promise.resolve(),
    // The caller quits and starts again by itself, in an orderly way.
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  };
  class SignedFeedProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }
    getLatestVersion() {
      return Promise.resolve(latest());
    }
    resolveFiles({ files }: UpdateInfo) {
      return files.map((info) => ({ url: new URL(info.url, around.feed), info }));
    }
  }
  const updater = new updaters[way](null, app);
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableDifferentialDownload = true;
  // Its type leaves out what its own tests set as well.
  Object.assign(updater, {
    httpExecutor: { download },
    stagingUserIdPromise: { value: Promise.resolve(nobody) },
  });
  updater.setFeedURL({ provider: 'custom', updateProvider: SignedFeedProvider });
  return updater;
}

async function sha512Of(file: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/** Finds, downloads and installs updates, one after the other: a new check forgets what the one before found. */
export class Updater {
  #feed: SignedFeed | null = null;
  #downloaded: string | null = null;
  #signal = new AbortController().signal;
  #onBytes: (bytes: number) => void = () => undefined;
  readonly #library: BaseUpdater;

  constructor(private readonly around: Surroundings) {
    // Where the package is not ours to replace, the library only compares the versions.
    const way = around.way === 'by-hand' ? 'deb' : around.way;
    this.#library = fitOut(around, way, this.#info, this.#download);
    // It also throws what it emits, and an error that nobody hears would end the program.
    this.#library.on('error', () => undefined);
  }

  /** What is newer than this version; null when nothing is. @throws ProblemError when the feed is refused */
  async check(signal: AbortSignal): Promise<Update | null> {
    const { fetch, feed: from, publicKey, version: running } = this.around;
    const feed = await fetchFeed(fetch, from, publicKey, signal);
    this.#feed = feed;
    this.#downloaded = null;
    const result = await this.#library.checkForUpdates();
    if (!result?.isUpdateAvailable) {
      await this.forget();
      if (feed.version !== running) throw downgrade(feed.version, running);
      return null;
    }
    return {
      version: feed.version,
      publishedAt: Date.parse(feed.releaseDate),
      notes: feed.releaseNotes,
      size: this.around.way === 'by-hand' ? null : this.#file(feed).size,
    };
  }

  /** Downloads what `check` has found, and checks it. Whatever fails leaves nothing behind. */
  async download(signal: AbortSignal, onBytes: (bytes: number) => void): Promise<void> {
    this.#signal = signal;
    this.#onBytes = onBytes;
    try {
      const [file] = await this.#library.downloadUpdate();
      this.#downloaded = file ?? null;
    } catch (error) {
      await this.forget();
      throw error;
    }
  }

  /** Whether there is a download to install. */
  get isReady(): boolean {
    return this.#downloaded !== null;
  }

  /**
   * Hands the downloaded package to the system, which asks for a password, and waits: this blocks the process.
   * @returns the program to start then, where it is another one
   */
  async install(): Promise<string | undefined> {
    const feed = this.#feed;
    const file = this.#downloaded;
    if (!feed || !file) throw new Error('There is no update to install');
    // It lay in a folder of the user's, and the package manager is root.
    if ((await sha512Of(file)) !== this.#file(feed).sha512) {
      await this.forget();
      throw forgedFile(feed.version);
    }
    let program = process.env.APPIMAGE;
    let why = 'the package manager says no more';
    const onError = (error: Error) => {
      why = error.message;
    };
    const onRename = (path: string) => {
      program = path;
    };
    this.#library.once('error', onError).once('appimage-filename-updated', onRename);
    const done = this.#library.install(true, false);
    this.#library.off('error', onError).off('appimage-filename-updated', onRename);
    if (!done) throw notInstalled(feed.version, why);
    await this.forget();
    return program;
  }

  /** Removes what was downloaded. */
  async forget(): Promise<void> {
    this.#downloaded = null;
    await rm(join(this.around.folder, updatesFolder, 'pending'), { recursive: true, force: true });
  }

  /** The file for this package. */
  #file({ version, files }: SignedFeed) {
    const { way } = this.around;
    const file = way !== 'by-hand' && files.find(({ url }) => url.endsWith(endings[way]));
    if (!file) throw noSuchPackage(version, way);
    return file;
  }

  readonly #info = (): UpdateInfo => {
    if (!this.#feed) throw new Error('The feed was not read');
    const { files } = this.#feed;
    // The last two are of older versions of electron-updater; its type wants them still.
    return { ...this.#feed, path: files[0]?.url ?? '', sha512: files[0]?.sha512 ?? '' };
  };

  readonly #download = (url: URL, destination: string): Promise<void> => {
    const feed = this.#feed;
    const file = feed?.files.find((one) => one.url === basename(url.pathname));
    if (!feed || !file) throw new Error(`${url} is not in the feed`);
    const { sha512, size } = file;
    const wanted = { address: url.href, version: feed.version, sha512, size };
    return fetchFile(this.around.fetch, wanted, destination, this.#signal, this.#onBytes);
  };
}
