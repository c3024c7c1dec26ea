import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { timeLimit } from '#contract/time-limit';
import { connectIfThere } from './connect';
import { claimsOf } from './lock';
import type { Places } from './places';
import { isAlive, processIdentity } from './process-identity';
import { readRecord } from './records';

/** A local socket answers at once or not at all. */
const answerMs = 1000;

/**
 * Files in the run folder whose makers have ended. Sockets of a living keeper or QEMU are not tried: a call to the
 * engine's would wake a sleeping VM, and QEMU serves one connection at a time.
 */
export async function findLeftovers(all: Places, signal: AbortSignal): Promise<string[]> {
  if (!existsSync(all.run)) return [];
  const claims = await claimsOf(all.keeperLock);
  const keeperLives = claims.some(({ alive }) => alive);
  const qemu = await readRecord(all.qemuPid, processIdentity);
  const qemuLives = qemu !== null && (await isAlive(qemu));
  const left = claims.filter(({ alive }) => !alive).map(({ claim }) => claim);
  if (existsSync(all.qemuPid) && !qemuLives) left.push(all.qemuPid);
  const ofKeeper = new Set(
    [all.keeperSocket, all.dockerSocket, all.shellSocket].map((path) => basename(path)),
  );
  for (const name of await readdir(all.run)) {
    if (!name.endsWith('.sock')) continue;
    const path = join(all.run, name);
    if (ofKeeper.has(name) ? keeperLives : qemuLives) continue;
    if (!(await isListenedOn(path, signal))) left.push(path);
  }
  return left;
}

async function isListenedOn(path: string, signal: AbortSignal): Promise<boolean> {
  const limit = timeLimit(answerMs, signal);
  const socket = await connectIfThere(path, limit);
  socket?.destroy();
  return socket !== null;
}

/** Looks again, and deletes what is left over then. */
export async function removeLeftovers(all: Places, signal: AbortSignal): Promise<void> {
  for (const path of await findLeftovers(all, signal)) await rm(path, { force: true });
}
