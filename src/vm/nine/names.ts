import { Refusal } from './errno';

/** Linux's NAME_MAX, in bytes; Windows and macOS count other units, and come to no more. */
export const longestName = 255;

/** Devices whatever follows after a dot: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const windowsDevice = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(\.|$)/i;

/** `:` leads to another stream of the same file; a dot or space at the end is left out, and so is another file meant. */
const windowsRefuses = (name: string): boolean =>
  /[<>:"|?*]/.test(name) || hasControlCharacter(name) || /[. ]$/.test(name) || windowsDevice.test(name);

const hasControlCharacter = (name: string): boolean => [...name].some((character) => character < ' ');

/**
 * Makes sure that a name names one entry of one folder. `\` is a name's end on Windows, and is refused everywhere: a
 * folder must mean the same on each computer.
 * @throws Refusal EINVAL, ENAMETOOLONG, or ENOENT for no name at all
 */
export function checkName(name: string, platform: NodeJS.Platform = process.platform): void {
  if (name === '') throw new Refusal('ENOENT');
  if (Buffer.byteLength(name) > longestName) throw new Refusal('ENAMETOOLONG');
  if (name === '.' || name === '..' || /[/\\\0]/.test(name)) throw new Refusal('EINVAL');
  if (platform === 'win32' && windowsRefuses(name)) throw new Refusal('EINVAL');
}

/** Whether `checkName` takes it. */
export function isName(name: string): boolean {
  try {
    checkName(name);
    return true;
  } catch {
    return false;
  }
}
