import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderTrouble } from '#backend/data-folder';
import { openFolder } from '#backend/folders';

/**
 * Where Chromium keeps its own files: in Gantry's folder, or for this start alone among the system's temporary files
 * where Gantry's folder takes none. They are left to the system to clear: Chromium writes to them last.
 */
export function windowFolder(dataFolder: string): string {
  const usual = openFolder(join(dataFolder, 'window'));
  return folderTrouble(usual) === null ? usual : mkdtempSync(join(tmpdir(), 'gantry-window-'));
}
