import { type FSWatcher, watch } from 'node:fs';

/** Watches the first of these folders that is there and open to this user; null when none is. The caller closes it. */
export function watchFirst(folders: string[], onChange: () => void): FSWatcher | null {
  for (const folder of folders) {
    try {
      return watch(folder, { persistent: false }, onChange);
    } catch {
      // Missing, or closed to this user.
    }
  }
  return null;
}
