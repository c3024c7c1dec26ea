// What electron-updater does here: compares the versions, keeps and finds a finished download, and puts an AppImage in
// the place of the old one. What it believes comes from a signed feed alone.
import { join } from 'node:path';
import type { UpdateInfo } from 'builder-util-runtime';
import { AppImageUpdater, type BaseUpdater, DebUpdater, Provider, RpmUpdater } from 'electron-updater';
import type { AppAdapter } from 'electron-updater/out/AppAdapter';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider';
import type { UpdateConfig } from './config';
import type { Fetch } from './web';

/** Below Gantry's folder. */
export const updatesFolder = 'updates';

const updaters = { deb: DebUpdater, rpm: RpmUpdater, AppImage: AppImageUpdater };
/** Sent to nobody: electron-updater would give each user a number, for updates that only some get at first. */
const nobody = '00000000-0000-0000-0000-000000000000';

export interface Surroundings extends UpdateConfig {
  /** The version that runs. */
  version: string;
  /** Gantry's folder. */
  folder: string;
  fetch: Fetch;
}

/** An electron-updater that reads the web through `download`, and knows of the feed what `latest` says. */
export function fitOut(
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
