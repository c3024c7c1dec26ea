import { constants } from 'node:fs';

/** What differs between the systems on which folders are served. */

const onWindows = process.platform === 'win32';

/**
 * A link at the end of the path makes the opening fail, and a pipe in a file's place makes it wait for nobody. Windows
 * has neither flag, and Node then no value for it: there the file opened is compared with the one looked at before.
 */
export const openNothingElse = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Windows knows no mode but "read only"; who may do what is written in lists that the guest cannot see. */
export const hasModes = !onWindows;

/** Folders and programs need an `x`, which Windows does not have: https://docs.libuv.org/en/v1.x/fs.html */
export const modeWithoutModes = 0o777;

/** The guest's links have `/`, and Node writes `\` to the disk of Windows in its place. */
export const linkTarget = (onDisk: string): string => (onWindows ? onDisk.replaceAll('\\', '/') : onDisk);

/**
 * Without a type, Node on Windows looks what the target is, and so follows the link: to another computer, if the guest
 * wrote one there.
 */
export const linkType = onWindows ? 'file' : undefined;
