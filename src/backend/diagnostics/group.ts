import { readFile, stat } from 'node:fs/promises';

/** Read and write for the group. */
const groupMayUse = 0o060;

/**
 * Linux: the group whose members may use this file; null when its group may not, or nobody should be added to it.
 * Groups that a server of the network keeps are not known here.
 */
export async function groupOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (!found || found.gid === 0 || (found.mode & groupMayUse) !== groupMayUse) return null;
  const groups = await readFile('/etc/group', 'utf8').catch(() => '');
  // name:password:number:members
  const line = groups.split('\n').find((entry) => entry.split(':')[2] === String(found.gid));
  const name = line?.split(':')[0] ?? '';
  return /^[\w.-]+$/.test(name) ? name : null;
}

/** Counts from the next sign-in on. */
export const joinGroup = (name: string): string => `sudo usermod -aG ${name} $USER`;
