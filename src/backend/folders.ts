import { chmodSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where Gantry keeps its files, after the manners of the system. `GANTRY_HOME` moves all of it. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.GANTRY_HOME) return resolve(env.GANTRY_HOME);
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Gantry');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Gantry');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'gantry');
}

/** Makes the folder if it is missing, and keeps others on this computer out of it. */
export function openFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  return path;
}
