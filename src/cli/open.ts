import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type DesktopProgram, readDesktopProgram } from '#backend/desktop-program';
import { dataFolder } from '#backend/folders';
import { timeLimit } from '#contract/time-limit';
import { runServe } from './serve';

/** What can be asked for, and the page's address of it. */
const pages: Record<string, string> = {
  home: 'home',
  containers: 'containers',
  images: 'images',
  volumes: 'volumes',
  networks: 'networks',
  discover: 'discover',
  learn: 'learn',
  settings: 'settings',
  troubleshoot: 'settings/troubleshoot',
};
export const pageNames = Object.keys(pages);

/** A window that cannot open ends before this time, and so does a start that hands over to the window that is there. */
const earlyMs = 3000;

const hasDisplay = ({ DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);

/** Opens the page in Gantry's window, which comes forward if it is open; in the browser where there is no window. */
export async function runOpen(name: string): Promise<void> {
  const page = pages[name] ?? 'home';
  const desktop = await readDesktopProgram(dataFolder());
  // Editors over ssh name a browser that opens on the other computer.
  if (!hasDisplay() && (desktop !== null || !process.env.BROWSER)) {
    console.error(
      'There is no display here, so neither a window nor a browser can open. `gantry serve --no-open` prints an address for a browser elsewhere, to which ssh -L can lead; every other command works as it is.',
    );
    process.exitCode = 1;
    return;
  }
  if (desktop === null) {
    console.error('Gantry has had no window here, so this opens the browser. Ctrl-C ends Gantry.');
    return runServe({ port: 0, open: true, json: false, page });
  }
  await openWindow(desktop, page);
}

async function openWindow({ program, args }: DesktopProgram, page: string): Promise<void> {
  const child = spawn(program, [...args, `--page=${page}`], { stdio: 'ignore', detached: true });
  await once(child, 'spawn');
  const ended = await once(child, 'exit', { signal: timeLimit(earlyMs) }).catch(() => null);
  child.unref();
  if (ended === null || ended[0] === 0) return;
  console.error(
    `Gantry’s window did not open: ${program} ended with ${ended[0] ?? ended[1]}. Started by itself, it says why.`,
  );
  process.exitCode = 1;
}
