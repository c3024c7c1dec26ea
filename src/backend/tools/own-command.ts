import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The file that is the command `gantry`: `out/cli/gantry.js`, or `resources/bin/gantry` when Gantry is installed. Null
 * where a link cannot lead to it: an AppImage lies elsewhere at each start, and Windows lets few users make links.
 */
export function ownCommand(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  program: string = import.meta.url,
): string | null {
  if (platform === 'win32' || env.APPIMAGE) return null;
  const built = fileURLToPath(new URL('../cli/gantry.js', program));
  const path = built.replace(/\bapp\.asar\/out\/cli\/gantry\.js$/, 'bin/gantry');
  return existsSync(path) ? path : null;
}
