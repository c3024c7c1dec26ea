import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * A hash of files: of the paths below the given folders and the contents, in a fixed order.
 * @returns 64 hexadecimal digits
 */
export async function hashFolders(folders: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) {
      const name = path
        .slice(folder.length + 1)
        .split(sep)
        .join('/');
      hash.update(`${name}\0`).update(
        createHash('sha256')
          .update(await readFile(path))
          .digest(),
      );
    }
  }
  return hash.digest('hex');
}

/** One id for a set of inputs; the order of the names does not matter. 16 hexadecimal digits. */
export function idOf(inputs: Record<string, string>): string {
  const lines = Object.entries(inputs).map(([name, value]) => `${name}=${value}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex').slice(0, 16);
}
