import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity, processIdentity } from './process-identity';

/** Held until it is released or its process ends, however that happens. */
export interface Lock {
  release(): Promise<void>;
}

/** How often two that asked at the same moment, and therefore both stepped back, ask again. */
const attempts = 5;

/**
 * Takes a lock that one process at a time can hold, or says which one holds it. Node offers no lock of the system, so
 * it is made of claims: each taker makes an empty file whose name says which process it is and when that began, and
 * only then looks for others. Of two takers at least one sees the other, and whoever sees a living claim steps back.
 * A claim of a process that has ended is deleted; as a name is used once, no other claim can be deleted instead.
 * @param path the claims are named `<path>.<process>.<id>`; its folder must be there
 */
export async function takeLock(path: string): Promise<Lock | { heldBy: number }> {
  const self = await identify(process.pid);
  if (!self) throw new Error('This process cannot be told from others');
  const mark = Buffer.from(JSON.stringify(self)).toString('base64url');
  for (let attempt = 1; ; attempt += 1) {
    const claim = `${path}.${mark}.${randomUUID().slice(0, 8)}`;
    await writeFile(claim, '', { mode: 0o600, flag: 'wx' });
    const heldBy = await livingClaim(path, claim);
    if (heldBy === null) return { release: () => rm(claim, { force: true }) };
    await rm(claim, { force: true });
    if (attempt === attempts) return { heldBy };
    // A holder stays; one who asked at the same moment has stepped back by then, or holds it.
    await pause(10 + Math.random() * 40);
  }
}

/** The process behind any other claim to the lock, null when there is none. Deletes claims of ended processes. */
async function livingClaim(path: string, own: string): Promise<number | null> {
  for (const name of await readdir(dirname(path))) {
    const claim = join(dirname(path), name);
    if (claim === own || !name.startsWith(`${basename(path)}.`)) continue;
    const identity = claimant(name.slice(basename(path).length + 1));
    if (identity === null) continue;
    if (await isAlive(identity)) return identity.pid;
    await rm(claim, { force: true });
  }
  return null;
}

/** Claims to the lock, with the process behind each and whether it still lives. Deletes none. */
export async function claimsOf(path: string): Promise<{ claim: string; pid: number; alive: boolean }[]> {
  const claims = [];
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const identity = claimant(name.slice(basename(path).length + 1));
    if (!identity) continue;
    claims.push({ claim: join(dirname(path), name), pid: identity.pid, alive: await isAlive(identity) });
  }
  return claims;
}

function claimant(name: string): ProcessIdentity | null {
  try {
    return processIdentity.parse(JSON.parse(Buffer.from(name.split('.')[0] ?? '', 'base64url').toString()));
  } catch {
    // Another file that happens to begin with the same name.
    return null;
  }
}
