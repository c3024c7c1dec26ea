// A program file of its own (scripts/build.mjs), which is read when updates are looked for.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { UpdateInfo } from 'builder-util-runtime';
import type { BaseUpdater } from 'electron-updater';
import { ProblemError } from '#contract/problem';
import type { Update } from '#contract/updates';
import { installPackage } from './install-package';
import { fitOut, type Surroundings, updatesFolder } from './library';
import { downgrade, forgedFile, missingFile, noSuchPackage, notInstalled, problemOf } from './problems';
import { fetchFeed, type SignedFeed } from './signed-feed';
import { fetchFile } from './web';

export { problemOf };

const endings = { deb: '.deb', rpm: '.rpm', AppImage: '.AppImage' };

/** With these the download is of no use any more. */
const lost = ['update-forged-file', 'update-file-gone'];

/** Fails before anybody is asked for a password. @param sha512 in base64 */
async function expectSigned(file: string, sha512: string, version: string): Promise<void> {
  const hash = createHash('sha512');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'ENOENT' ? missingFile(version) : error;
  }
  if (hash.digest('base64') !== sha512) throw forgedFile(version);
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
   * Hands the downloaded package to the system, which may ask for a password, and waits. Refused or failed, the download
   * stays, unless it is not what was signed.
   * @param signal takes the question for the password back
   * @returns the program to start then, where it is another one
   */
  async install(signal: AbortSignal): Promise<string | undefined> {
    const feed = this.#feed;
    const file = this.#downloaded;
    if (!feed || !file) throw new Error('There is no update to install');
    const { version } = feed;
    const { sha512, size } = this.#file(feed);
    try {
      await expectSigned(file, sha512, version);
      let program: string | undefined;
      const { way } = this.around;
      if (way === 'deb' || way === 'rpm')
        await installPackage({ kind: way, file, version, size, sha512 }, this.#path('install.log'), signal);
      else program = this.#installByLibrary(version);
      await this.forget();
      return program;
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof ProblemError)) throw notInstalled(version, String(error));
      if (lost.includes(error.problem.code)) await this.forget();
      throw error;
    }
  }

  /** Removes what was downloaded. */
  async forget(): Promise<void> {
    this.#downloaded = null;
    await rm(this.#path('pending'), { recursive: true, force: true });
  }

  /** Blocks the process. @returns the program to start then, where it is another one */
  #installByLibrary(version: string): string | undefined {
    let program = process.env.APPIMAGE;
    let why = 'it said nothing';
    const onError = (error: Error) => {
      why = error.message;
    };
    const onRename = (path: string) => {
      program = path;
    };
    this.#library.once('error', onError).once('appimage-filename-updated', onRename);
    const done = this.#library.install(true, false);
    this.#library.off('error', onError).off('appimage-filename-updated', onRename);
    if (done) return program;
    // As its own quitAndInstall does: it would refuse every further try.
    Object.assign(this.#library, { quitAndInstallCalled: false });
    throw notInstalled(version, why);
  }

  #path(name: string): string {
    return join(this.around.folder, updatesFolder, name);
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
