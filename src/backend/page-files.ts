import { readFile } from 'node:fs/promises';
import { extname, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  type: string;
  content: Buffer;
  /** The build puts a hash of the content into the names below `assets/`. */
  immutable: boolean;
}

/** Where the build puts the page: `out/renderer`, beside the folder of the running program. */
export const pageFolder = (program: string): string => fileURLToPath(new URL('../renderer/', program));

/** A file of the page by its path in the address; null for what is not one, or lies outside. */
export async function readPageFile(folder: string, pathname: string): Promise<PageFile | null> {
  let path: string;
  try {
    path = normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname));
  } catch {
    return null; // Not a valid percent-encoding.
  }
  const type = types[extname(path)];
  // `normalize` resolves `..` against the leading slash, so the path cannot climb; a NUL would cut it.
  if (!type || !path.startsWith(sep) || path.includes('\0')) return null;
  try {
    const content = await readFile(folder + path.slice(1));
    return { type, content, immutable: path.startsWith(`${sep}assets${sep}`) };
  } catch {
    return null;
  }
}
