import { spawn } from 'node:child_process';
import { readDesktopProgram } from '#backend/desktop-program';
import { dataFolder } from '#backend/folders';
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

/** Opens the page in Gantry's window, which comes forward if it is open; in the browser where there is no window. */
export async function runOpen(name: string): Promise<void> {
  const page = pages[name] ?? 'home';
  const desktop = await readDesktopProgram(dataFolder());
  if (desktop === null) {
    console.error('Gantry has had no window here, so this opens the browser. Ctrl-C ends Gantry.');
    return runServe({ port: 0, open: true, json: false, page });
  }
  const child = spawn(desktop.program, [...desktop.args, `--page=${page}`], {
    stdio: 'ignore',
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  child.unref();
}
