import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
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

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Makes the folder if it is missing, and keeps others on this computer out of it. One that takes no files, as on a
 * read-only or full disk, stays as it is, and Gantry works without; data-folder.ts tells of it.
 * @throws when files could be written to it, and others could read them
 */
export function openFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if ((statSync(path).mode & 0o777) !== 0o700) chmodSync(path, 0o700);
  } catch (error) {
    if (isWritable(path)) throw new Error(`${path} cannot be Gantry’s folder: ${error}`, { cause: error });
  }
  return path;
}
