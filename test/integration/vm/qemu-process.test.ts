import { access, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectWhenThere } from '#vm/connect';
import { growDisk } from '#vm/disk/disk';
import { hostHeldBytes } from '#vm/memory';
import { findQemuProcess } from '#vm/qemu/process';
import { nothing, Qmp } from '#vm/qemu/qmp';
import { TestMachine } from './qemu-machine';

let machine: TestMachine;

beforeEach(async () => {
  machine = await TestMachine.make();
});
afterEach(() => machine.close());

const status = z.object({ status: z.string() });

/** Milliseconds until it has resolved. */
async function timed(promise: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await promise;
  return performance.now() - began;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

describe('a QEMU process', () => {
  it('runs with all of the product’s arguments and answers', async () => {
    await machine.start();
    const qmp = await machine.connect();
    expect(await qmp.execute('query-status', {}, status)).toEqual({ status: 'running' });
    await machine.counting(qmp);
  });

  it('is the user’s alone', async () => {
    await machine.start();
    await machine.connect();
    const { run, qemuPid, qemuErrors } = machine.places;
    expect((await stat(run)).mode & 0o777).toBe(0o700);
    expect((await stat(qemuPid)).mode & 0o777).toBe(0o600);
    expect((await stat(qemuErrors)).mode & 0o777).toBe(0o600);
  });

  it('is seen to end within a second by who started it', async () => {
    const qemu = await machine.start();
    const qmp = await machine.connect();
    process.kill(qemu.pid, 'SIGKILL');
    expect(await timed(Promise.all([qemu.exited, qmp.ended]))).toBeLessThan(1000);
    expect(await qemu.exited).toBe('QEMU was ended by SIGKILL');
  });

  it('is found again, and seen to end within a second by who did not start it', async () => {
    const qemu = await machine.start();
    await machine.connect();
    const found = await findQemuProcess(machine.places);
    if (!found) throw new Error('It was not found');
    expect(found.pid).toBe(qemu.pid);
    process.kill(qemu.pid, 'SIGKILL');
    expect(await timed(found.exited)).toBeLessThan(1000);
    expect(await found.exited).toMatch(/^QEMU ended/);
  });

  it('can be watched again when the one who did is gone', async () => {
    await machine.start();
    await machine.connect();
    for (let time = 0; time < 5; time += 1) {
      (await connectWhenThere(machine.places.aliveSocket, AbortSignal.timeout(5000))).destroy();
    }
    expect(await findQemuProcess(machine.places)).not.toBeNull();
  });

  it('is ended when its sockets are gone and nobody can reach it', async () => {
    const qemu = await machine.start();
    await machine.connect();
    await rm(machine.places.aliveSocket);
    expect(await findQemuProcess(machine.places)).toBeNull();
    expect(await qemu.exited).toMatch(/SIGKILL/);
  });

  it('is ended by kill, whoever found it', async () => {
    const qemu = await machine.start();
    await machine.connect();
    const found = await findQemuProcess(machine.places);
    found?.kill();
    expect(await qemu.exited).toMatch(/SIGKILL/);
  });

  it('leaves a pid file and sockets behind when it is killed, which are then removed', async () => {
    const qemu = await machine.start();
    await machine.connect();
    qemu.kill();
    await qemu.exited;
    expect(await isThere(machine.places.qmpSocket)).toBe(true);
    expect(await findQemuProcess(machine.places)).toBeNull();
    expect(await readdir(machine.places.run)).toEqual(expect.not.arrayContaining(['qemu.pid']));
    for (const path of [machine.places.qmpSocket, machine.places.linkSocket, machine.places.aliveSocket]) {
      expect(await isThere(path)).toBe(false);
    }
    await machine.start();
    await machine.connect();
  });

  it('is not taken for another process that has its number', async () => {
    await writeFile(machine.places.qemuPid, JSON.stringify({ pid: process.pid, began: 'another time' }));
    expect(await findQemuProcess(machine.places)).toBeNull();
    expect(await isThere(machine.places.qemuPid)).toBe(false);
  });

  it('is ended when its starter died before remembering it', async () => {
    const qemu = await machine.start();
    (await machine.connect()).close();
    await rm(machine.places.qemuPid);
    expect(await findQemuProcess(machine.places)).toBeNull();
    expect(await qemu.exited).toBe('QEMU ended with code 0');
  });

  it('says why it refused its arguments', async () => {
    const qemu = await machine.start(['-machine', 'unheard-of']);
    expect(await qemu.exited).toMatch(/ended with code 1: .*unsupported machine type/s);
  });

  it('cannot be started when the program is not there', async () => {
    await expect(
      TestMachine.prototype.start.call(Object.assign(Object.create(machine), { program: '/nowhere/qemu' })),
    ).rejects.toThrow('ENOENT');
  });

  it('refuses a disk that another QEMU uses', async () => {
    await machine.start();
    await machine.connect();
    const other = await TestMachine.make();
    try {
      const args = other
        .arguments()
        .map((one) => one.replace(other.folder, machine.folder).replace('/run/', '/'));
      const second = await other.start(args);
      expect(await second.exited).toMatch(/Failed to get ".*" lock/);
    } finally {
      await other.close();
    }
  });

  it('holds memory that can be counted', async () => {
    const qemu = await machine.start();
    const qmp = await machine.connect();
    await machine.counting(qmp);
    const held = await hostHeldBytes(qemu.pid);
    expect(held).toBeGreaterThan(10 * 1024 ** 2);
    expect(held).toBeLessThan(1024 ** 3);
  });

  it('grows its disk while it runs', async () => {
    await machine.start();
    const qmp = await machine.connect();
    const disk = { path: machine.config.data, sizeBytes: 1024 ** 2, generation: 1 };
    await growDisk(disk, 1, qmp, AbortSignal.timeout(10_000));
    expect((await stat(disk.path)).size).toBe(1024 ** 3);
  });
});

describe('QEMU’s monitor', () => {
  it('says why it refuses a command', async () => {
    await machine.start();
    const qmp = await machine.connect();
    await expect(qmp.execute('unheard-of', {}, nothing)).rejects.toMatchObject({ code: 'CommandNotFound' });
    await expect(qmp.execute('query-status', {}, z.object({ weather: z.string() }))).rejects.toThrow();
    expect(await qmp.execute('query-status', {}, status)).toEqual({ status: 'running' });
  });

  it('tells events', async () => {
    await machine.start();
    const qmp = await machine.connect();
    const stopped = qmp.waitForEvent((one) => one.event === 'STOP', AbortSignal.timeout(10_000));
    await qmp.execute('stop', {}, nothing);
    expect(await stopped).toMatchObject({ event: 'STOP' });
  });

  it('lets a second client wait only as long as it wants to', async () => {
    await machine.start();
    await machine.connect();
    await expect(Qmp.connect(machine.places.qmpSocket, AbortSignal.timeout(300))).rejects.toThrow('timeout');
  });

  it('serves the next client when the first is gone', async () => {
    await machine.start();
    (await machine.connect()).close();
    const next = await machine.connect();
    expect(await next.execute('query-status', {}, status)).toEqual({ status: 'running' });
  });

  it('is waited for only as long as wished where there is none', async () => {
    await expect(Qmp.connect(machine.places.qmpSocket, AbortSignal.timeout(300))).rejects.toThrow('timeout');
  });

  it('fails what is asked of a QEMU that ends', async () => {
    const qemu = await machine.start();
    const qmp = await machine.connect();
    process.kill(qemu.pid, 'SIGSTOP');
    const asked = qmp.execute('query-status', {}, status);
    const waited = qmp.waitForEvent(() => true, AbortSignal.timeout(10_000));
    qemu.kill();
    await expect(asked).rejects.toThrow('QEMU ended');
    await expect(waited).rejects.toThrow('QEMU ended');
    await expect(qmp.execute('query-status', {}, status)).rejects.toThrow('QEMU ended');
  });

  it('is given up when the signal says so', async () => {
    const qemu = await machine.start();
    const qmp = await machine.connect();
    process.kill(qemu.pid, 'SIGSTOP');
    await expect(qmp.execute('query-status', {}, status, AbortSignal.timeout(200))).rejects.toThrow(
      'timeout',
    );
  });
});
