import { randomUUID } from 'node:crypto';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '#contract';
import { openFolder } from './folders';

/** More than any file of settings takes. */
const probeBytes = 64 * 1024;

const actions: Problem['actions'] = [
  { kind: 'call', label: 'Try again', procedure: 'diagnostics.fix', input: { repair: 'data-folder' } },
  { kind: 'open', label: 'Open Troubleshoot', page: 'settings', target: 'troubleshoot' },
];

const until = 'What is there is whole. What you change now holds until Gantry ends.';

/** What is wrong with the folder, by the system's code for a file that could not be written. */
function inWords(folder: string, code: string): Pick<Problem, 'code' | 'title' | 'explanation'> {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        code: 'folder-full',
        title: 'The disk of Gantry’s folder is full',
        explanation: `Make room on the disk of ${folder}: delete images that nothing uses, or other files. ${until}`,
      };
    case 'EROFS':
      return {
        code: 'folder-read-only',
        title: 'Gantry’s folder is read-only',
        explanation: `Make the disk of ${folder} writable; one with faults is often mounted so. ${until}`,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'folder-denied',
        title: 'Gantry may not write to its folder',
        explanation: `${folder} is closed for writing. If it is yours, trying again opens it; else run “sudo chown -R $USER ${folder}”. ${until}`,
      };
    default:
      return {
        code: 'folder-unusable',
        title: 'Gantry’s folder cannot be used',
        explanation: `No file can be written to ${folder} (${code}). ${until}`,
      };
  }
}

/** Why Gantry's folder takes no files; null when it does. Writes one and deletes it. */
export function folderTrouble(folder: string): Problem | null {
  const probe = join(folder, `probe-${randomUUID()}.new`);
  try {
    writeFileSync(probe, Buffer.alloc(probeBytes), { flag: 'wx', mode: 0o600 });
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { ...inWords(folder, code), actions, detail: String(error) };
  } finally {
    removeProbe(probe);
  }
}

/** A part of it is there on a full disk. */
function removeProbe(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // In a folder that cannot even be looked into, it was not made.
  }
}

/** Makes Gantry's folders if they are missing, and writable for their owner. What that cannot repair is told by `folderTrouble`. */
export function mendFolder(folder: string): void {
  for (const path of [folder, ...['crashes', 'logs', 'run', 'vm'].map((name) => join(folder, name))]) {
    try {
      chmodSync(path, 0o700);
    } catch {
      // Missing, or not this user's.
    }
  }
  openFolder(folder);
}
