import assert from 'node:assert/strict';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '#contract/problem';
import { run } from '../harness/run';
import { type MachineFault, seconds } from './fault';
import type { FaultHome } from './fault-home';
import { BOX, type Steady } from './steady';
import { settles } from './until';

const MIB = 1024 ** 2;
const limitMs = 300_000;

const diskFolder = (folder: string) => join(folder, 'small');

export const whyNoSmallDisk = (): string | undefined =>
  process.getuid?.() === 0 ? undefined : 'a small disk of its own needs root';

/** Puts the data disk on a file system in memory, whose size can be changed. Gives the folder, null for Gantry's own. */
export async function smallDisk(folder: string): Promise<string | null> {
  if (whyNoSmallDisk() !== undefined) return null;
  await mkdir(diskFolder(folder));
  await run('mount', ['-t', 'tmpfs', '-o', 'size=3g,mode=700', 'gantry-fault', diskFolder(folder)]);
  return diskFolder(folder);
}

export async function removeSmallDisk(folder: string): Promise<void> {
  if (whyNoSmallDisk() === undefined) await run('umount', [diskFolder(folder)]);
}

async function leaveRoom(home: FaultHome, bytes: number): Promise<void> {
  const { blocks, bfree, bsize } = await statfs(diskFolder(home.folder));
  const size = (blocks - bfree) * bsize + bytes;
  await run('mount', ['-o', `remount,size=${size}`, diskFolder(home.folder)]);
}

export const hostDiskFull = (steady: () => Steady): MachineFault => ({
  name: "this computer's disk is full",
  whyNot: whyNoSmallDisk,
  check: async (home) => {
    const same = await steady().remember();
    await leaveRoom(home, 16 * MIB);
    const write = `tr "\\0" x </dev/zero | head -c ${120 * MIB} >/v/big; sync; wc -c </v/big`;
    const writing = home.docker(['run', '--rm', '-v', 'big:/v', BOX, 'sh', '-c', write]);
    writing.catch(() => undefined);
    const noticed = await home.becomes('it stands still', limitMs, ({ problem }) => problem !== null);
    assert.equal(home.state.status, 'running');
    assert.equal(home.state.problem?.code, 'vm-host-disk-full');
    const refused = await settles('the order to suspend', 60_000, home.vm.suspend());
    assert.ok(refused instanceof ProblemError && refused.problem.code === 'vm-host-disk-full');
    await leaveRoom(home, 1024 * MIB);
    const went = await home.becomes('it goes on', limitMs, ({ problem }) => problem === null);
    const size = await writing;
    assert.equal(size.trim(), String(120 * MIB));
    const read = await home.docker([
      'run',
      '--rm',
      '-v',
      'big:/v',
      BOX,
      'sh',
      '-c',
      'tr -d x </v/big | wc -c',
    ]);
    assert.equal(read.trim(), '0');
    await home.docker(['volume', 'rm', 'big']);
    await same();
    return `the state says so after ${seconds(noticed)} of writing, it goes on ${seconds(went)} after there is room`;
  },
});
