import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Lock, takeLock } from '#vm/lock';
import { identify } from '#vm/process-identity';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  path = join(folder, 'keeper.lock');
});
afterEach(() => rm(folder, { recursive: true }));

function held(lock: Awaited<ReturnType<typeof takeLock>>): Lock {
  if ('heldBy' in lock) throw new Error(`It is held by ${lock.heldBy}`);
  return lock;
}

/** A claim as that process would make it. */
async function claimOf(identity: { pid: number; began: string }): Promise<void> {
  const mark = Buffer.from(JSON.stringify(identity)).toString('base64url');
  await writeFile(`${path}.${mark}.0`, '');
}

describe('the lock', () => {
  it('is held by one, who is named to others, until it is released', async () => {
    const lock = held(await takeLock(path));
    expect(await takeLock(path)).toEqual({ heldBy: process.pid });
    await lock.release();
    await held(await takeLock(path)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given to at most one of many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => takeLock(path)));
    const holders = answers.filter((answer) => 'release' in answer);
    expect(holders.length).toBeLessThanOrEqual(1);
    expect((await readdir(folder)).length).toBe(holders.length);
  });

  it('ends with its process, even if that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const identity = await identify(child.pid ?? 0);
    if (!identity) throw new Error('The process is gone');
    await claimOf(identity);
    expect(await takeLock(path)).toEqual({ heldBy: child.pid });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await held(await takeLock(path)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not held by another process that has the number of an ended one', async () => {
    await claimOf({ pid: process.pid, began: 'at another time' });
    held(await takeLock(path));
  });

  it('leaves other files alone', async () => {
    await writeFile(`${path}.txt`, 'mine');
    await writeFile(join(folder, 'other'), 'mine');
    await held(await takeLock(path)).release();
    expect((await readdir(folder)).sort()).toEqual(['keeper.lock.txt', 'other']);
  });
});
