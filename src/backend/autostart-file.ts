import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeAtomically } from './atomic-file';
import type { DesktopProgram } from './desktop-program';

// What a Linux desktop starts at login: https://specifications.freedesktop.org/autostart-spec/latest/

/** Where the file is, after the manners of the desktop. */
export const autostartPath = (env: NodeJS.ProcessEnv = process.env): string =>
  join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'autostart', 'gantry.desktop');

/** https://specifications.freedesktop.org/desktop-entry-spec/latest/value-types.html */
const asValue = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html */
const asWord = (word: string) => `"${word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;

/** The file's text. A desktop passes over it when its program is gone. */
export const autostartEntry = ({ program, args }: DesktopProgram): string =>
  `[Desktop Entry]
Type=Application
Name=Gantry
Icon=gantry
TryExec=${asValue(program)}
Exec=${asValue([program, ...args].map(asWord).join(' '))}
Terminal=false
`;

/** The keys of the file's first group; what they mean is the caller's. */
function keysOf(text: string): Map<string, string> {
  const keys = new Map<string, string>();
  let inEntry = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) inEntry = line.trim() === '[Desktop Entry]';
    const at = line.indexOf('=');
    if (inEntry && at > 0) keys.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return keys;
}

/** Whether the desktop starts what the file names. Other programs switch such files off and leave them there. */
export async function isAutostarted(path: string): Promise<boolean> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  const keys = keysOf(text);
  const program = keys.get('TryExec')?.replaceAll('\\\\', '\\');
  return (
    keys.has('Exec') &&
    keys.get('Hidden') !== 'true' &&
    keys.get('X-GNOME-Autostart-enabled') !== 'false' &&
    (program === undefined || existsSync(program))
  );
}

/** Has the program started at login, or not any more. */
export async function setAutostarted(path: string, program: DesktopProgram | null): Promise<void> {
  if (program === null) return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeAtomically(path, autostartEntry(program));
}
