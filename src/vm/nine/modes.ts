import type { BigIntStats } from 'node:fs';
import { hasModes } from './platform';

/**
 * What of a mode reaches this computer's disk. A program that runs as its owner (setuid, setgid) would run as the user
 * here, whoever starts it: a container must not be able to leave one.
 */
const modeBits = 0o1777;

/** What can have a mode: an open file, or one that is reached by its path. */
export interface Moded {
  stat(options: { bigint: true }): Promise<BigIntStats>;
  chmod(mode: number): Promise<void>;
}

/** Gives exactly this mode: the guest has taken off what its program's umask takes off, and this process has one, too. */
export async function giveMode(target: Moded, mode: number): Promise<void> {
  if (!hasModes) return;
  const stats = await target.stat({ bigint: true });
  const wanted = mode & modeBits;
  if ((Number(stats.mode) & modeBits) !== wanted) await target.chmod(wanted);
}
