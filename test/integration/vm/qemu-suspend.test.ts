import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { nothing, type Qmp } from '#vm/qemu/qmp';
import { loadState, readState } from '#vm/qemu/resume';
import { stateBinding, suspendTo } from '#vm/qemu/suspend';
import { TestMachine } from './qemu-machine';

const run = promisify(execFile);
const status = z.object({ status: z.string() });

let machine: TestMachine;
let file: string;

beforeEach(async () => {
  machine = await TestMachine.make();
  file = machine.places.stateFile;
});
afterEach(() => machine.close());

function binding(): string {
  return stateBinding({
    qemuVersion: machine.version,
    args: machine.arguments(),
    imageId: 'image',
    diskGeneration: 1,
  });
}

function suspend(qmp: Qmp, pid: number, to = file, signal = AbortSignal.timeout(30_000)): Promise<void> {
  return suspendTo({ qmp, pid, file: to, socket: machine.places.stateSocket, binding: binding(), signal });
}

/** A guest that counted, was suspended, and whose QEMU has ended. Where it stood. */
async function suspended(): Promise<number> {
  const qemu = await machine.start();
  const qmp = await machine.connect();
  await machine.counting(qmp);
  await suspend(qmp, qemu.pid);
  const counter = await machine.counter(qmp);
  await qmp.execute('quit', {}, nothing);
  await qemu.exited;
  return counter;
}

async function ready() {
  const state = await readState(file, binding());
  if ('cold' in state) throw new Error(state.cold);
  return state;
}

/** A machine that has loaded this state, and stands where it was frozen. */
async function loaded(state: Awaited<ReturnType<typeof ready>>) {
  const qemu = await machine.start(machine.arguments(state.incoming));
  const qmp = await machine.connect();
  const { stateSocket: socket } = machine.places;
  await loadState({ qmp, pid: qemu.pid, state, socket, signal: AbortSignal.timeout(30_000) });
  return { qemu, qmp };
}

describe('a suspended machine', () => {
  it('goes on where it was, once', async () => {
    const counter = await suspended();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(machine.places.run)).not.toContain('state.sock');

    const state = await ready();
    const { qmp } = await loaded(state);
    expect(await qmp.execute('query-status', {}, status)).toEqual({ status: 'paused' });
    expect(await machine.counter(qmp)).toBe(counter);
    await qmp.execute('cont', {}, nothing);
    await machine.counting(qmp);

    expect(await readState(file, binding())).toEqual({ cold: 'there is no suspended state' });
    expect(await readdir(machine.places.run)).not.toContain('state.sock');
  });

  it('can be suspended again after it was resumed', async () => {
    await suspended();
    const state = await ready();
    const { qemu, qmp } = await loaded(state);
    await qmp.execute('cont', {}, nothing);
    await machine.counting(qmp);
    await suspend(qmp, qemu.pid);
    await ready();
  });

  it('boots anew when its state is cut off, damaged, foreign, or of another machine', async () => {
    await suspended();
    const good = await readFile(file);
    const cold = async (content: Buffer | string, of = binding()) => {
      await writeFile(file, content);
      const state = await readState(file, of);
      // What is of no use is not kept.
      await expect(stat(file)).rejects.toThrow('ENOENT');
      return state;
    };
    const flipped = Buffer.from(good);
    flipped.writeUInt8(flipped.readUInt8(5000) ^ 1, 5000);
    const otherDisk = stateBinding({
      qemuVersion: machine.version,
      args: machine.arguments(),
      imageId: 'image',
      diskGeneration: 2,
    });

    expect(await cold(good.subarray(0, good.length - 1))).toEqual({ cold: 'the suspended state is cut off' });
    expect(await cold(good.subarray(0, 4096))).toEqual({ cold: 'the suspended state is cut off' });
    expect(await cold(Buffer.concat([good, Buffer.from('x')]))).toEqual({
      cold: 'the suspended state is cut off',
    });
    expect(await cold(flipped)).toEqual({ cold: 'the suspended state is damaged' });
    const foreign = { cold: 'the suspended state is not one of this version of Gantry' };
    expect(await cold('')).toEqual(foreign);
    expect(await cold(good.subarray(4096))).toEqual(foreign);
    expect(await cold(Buffer.alloc(100_000, 'QEVM'))).toEqual(foreign);
    expect(await cold(good, otherDisk)).toEqual({
      cold: 'the suspended state belongs to another QEMU, image, disk or setting',
    });
  });

  it('is of no use, and is said to be, when QEMU does not take the state', async () => {
    await suspended();
    const state = await ready();
    const other = machine.arguments(state.incoming).map((one) => one.replace('256M', '128M'));
    const qemu = await machine.start(other);
    const qmp = await machine.connect();
    const signal = AbortSignal.timeout(30_000);
    await expect(
      loadState({ qmp, pid: qemu.pid, state, socket: machine.places.stateSocket, signal }),
    ).rejects.toThrow();
    expect(await qemu.exited).toMatch(/code 1/);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });
});

describe('a machine that cannot be suspended', () => {
  it('goes on when this computer’s disk is full, and leaves nothing behind', async () => {
    const small = join(machine.folder, 'small');
    await mkdir(small);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    try {
      const qemu = await machine.start();
      const qmp = await machine.connect();
      await machine.counting(qmp);
      await expect(suspend(qmp, qemu.pid, join(small, 'state'))).rejects.toMatchObject({
        problem: { code: 'vm-suspend-disk-full' },
      });
      expect(await readdir(small)).toEqual([]);
      expect(await qmp.execute('query-status', {}, status)).toEqual({ status: 'running' });
      await machine.counting(qmp);
      // And can be suspended elsewhere.
      await suspend(qmp, qemu.pid);
      await ready();
    } finally {
      await run('umount', [small]);
    }
  });

  it('goes on when it is broken off', async () => {
    const qemu = await machine.start();
    const qmp = await machine.connect();
    await machine.counting(qmp);
    const stop = new AbortController();
    const moment = qmp.waitForEvent((one) => one.event === 'MIGRATION', AbortSignal.timeout(30_000));
    const suspending = suspend(qmp, qemu.pid, file, stop.signal);
    const failed = expect(suspending).rejects.toMatchObject({ problem: { code: 'vm-suspend-failed' } });
    await moment;
    stop.abort();
    await failed;
    await machine.counting(qmp);
    expect((await readdir(machine.places.vm)).sort()).toEqual(['images']);
  });

  it('leaves an older state alone until the new one is whole', async () => {
    const qemu = await machine.start();
    const qmp = await machine.connect();
    await writeFile(file, 'older');
    await expect(suspend(qmp, qemu.pid, file, AbortSignal.abort())).rejects.toThrow();
    expect(await readFile(file, 'utf8')).toBe('older');
  });
});
