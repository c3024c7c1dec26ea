import { app, net, powerMonitor, session } from 'electron';
import type { UpdatePhase } from '#contract/updates';
import { tell } from '../notifications';
import { readUpdateConfig } from './config';
import type * as UpdaterProgram from './updater';
import { Updates } from './updates';

interface Window {
  show(route: string | null): void;
}

/**
 * For copies of the source, which have neither feed nor key: a folder with `app-update.yml`, `package.json` and perhaps
 * `package-type`, as a packaged app has them. A packaged app does not look at it.
 */
const tryOut = 'GANTRY_UPDATES_FROM';

function config(): ReturnType<typeof readUpdateConfig> {
  const folder = process.env[tryOut];
  if (!app.isPackaged && !folder) return { phase: 'none', why: 'source' };
  try {
    return app.isPackaged || !folder
      ? readUpdateConfig(process.resourcesPath, app.getAppPath())
      : readUpdateConfig(folder, folder);
  } catch (error) {
    // Whatever is wrong with updates, Gantry starts.
    console.error('Updates cannot be looked for:', error);
    return { phase: 'none', why: 'no-feed' };
  }
}

/** electron-updater is in a program file of its own: most days nobody needs it. */
const load = (): Promise<typeof UpdaterProgram> => import(new URL('updater.js', import.meta.url).href);

function tellFound(now: UpdatePhase, { show }: Window): void {
  if (now.phase !== 'available' && now.phase !== 'ready') return;
  const text =
    now.phase === 'ready'
      ? 'It is downloaded and checked. Restart Gantry when it suits you.'
      : 'The settings tell what is new, and install it.';
  tell({ title: `Gantry ${now.update.version} is here`, text }, () => show('#/settings/updates'));
}

/**
 * The window's updates. Electron must be ready.
 * @param folder Gantry's folder
 * @param restart quits, and starts the program anew; without a name this one
 */
export function openUpdates(
  folder: string,
  window: Window,
  restart: (program: string | undefined) => void,
): Updates {
  // Chromium knows the system's proxies; a session of its own, for the page's may ask the network for nothing.
  const web = session.fromPartition('updates', { cache: false });
  const updates = new Updates({
    config: config(),
    version: app.getVersion(),
    folder,
    fetch: (address, options) => web.fetch(address, options),
    isOnline: () => net.isOnline(),
    load,
    onDaily: (now) => tellFound(now, window),
    onInstalled: restart,
  });
  powerMonitor.on('resume', () => updates.wake());
  return updates;
}
