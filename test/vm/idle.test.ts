import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { appEnvironment, ROOT } from '../harness/app';
import { dockerCli } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';
import { run } from '../harness/run';
import { describeWithVm, startVm, type TestVm } from '../harness/vm';
import { BOX } from './battery/images';

const limit = 300_000;
/** A boot, and images loaded through it, on a computer that is busy with others, in milliseconds. */
const startLimit = 900_000;
const minuteMs = 60_000;
const mib = 1024 ** 2;

describeWithVm('a VM that nobody uses', () => {
  let folder: string;
  let vm: TestVm;
  let docker: (...args: string[]) => Promise<string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
    vm = await startVm(join(folder, 'home'));
    const cli = dockerCli({ host: vm.dockerHost, configFolder: folder });
    docker = (...args) => cli(args);
    await loadImage({ cli }, await fixtureImage('hello'), BOX);
  }, startLimit);
  afterAll(async () => {
    await vm?.stop();
    await rm(folder, { recursive: true });
  });

  /** Watches events as programs do that follow an engine. `docker events` first asks for the engine's version: a call. */
  function watchEvents() {
    let heard = '';
    let over = false;
    const asking = get({ socketPath: vm.socket, path: '/events' }, (answer) => {
      answer.setEncoding('utf8').on('data', (text) => {
        heard += text;
      });
      answer.on('error', () => undefined);
    });
    asking.on('error', () => undefined);
    asking.on('close', () => {
      over = true;
    });
    return { heard: () => heard, running: () => !over, stop: () => asking.destroy() };
  }

  const heldMiB = async () => Math.round(((await vm.vm.usage()).memory?.hostHeldBytes ?? 0) / mib);

  it('gives memory back that a container used, and has it again when it is called', {
    timeout: limit,
  }, async () => {
    const before = await heldMiB();
    // tmpfs is memory that nothing but its owner's end frees.
    const fill = 'dd if=/dev/urandom of=/memory/file bs=1M count=700 2>/dev/null; echo filled; sleep 1000';
    const filler = await docker('run', '-d', '--tmpfs', '/memory:size=800m', BOX, 'sh', '-c', fill);
    await vi.waitFor(async () => expect(await docker('logs', filler)).toContain('filled'), {
      timeout: 120_000,
      interval: 1000,
    });
    const used = await heldMiB();
    await docker('rm', '--force', filler);
    await new Promise((resolve) => setTimeout(resolve, 50_000));
    const after = await heldMiB();
    const inside = Number(
      await vm.inGuest('sh', '-c', "sed -n 's/^MemTotal: *\\([0-9]*\\).*/\\1/p' /proc/meminfo"),
    );
    console.log(`held: ${before} MiB before, ${used} after use, ${after} when idle; guest has ${inside} KiB`);
    // Some of it is back at once, as the guest reports free pages; the balloon brings the rest.
    expect(used - before).toBeGreaterThan(500);
    expect(used - after).toBeGreaterThan(400);
    await docker('version');
    await vi.waitFor(
      async () =>
        expect(
          Number(await vm.inGuest('sh', '-c', "sed -n 's/^MemFree: *\\([0-9]*\\).*/\\1/p' /proc/meminfo")),
        ).toBeGreaterThan(800 * 1024),
      { timeout: 30_000 },
    );
  });

  it('is suspended after the idle time, whoever only watches, and stays so until somebody calls', {
    timeout: limit,
  }, async () => {
    const early = watchEvents();
    await vm.change({ idleMinutes: 1 });
    await vi.waitFor(() => expect(vm.vm.state.status).toBe('suspended'), {
      timeout: 2 * minuteMs,
      interval: 200,
    });
    expect(vm.vm.state.reason).toBe('Idle for a minute');
    early.stop();
    const late = watchEvents();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect([vm.vm.state.status, late.running()]).toEqual(['suspended', true]);
    const called = performance.now();
    expect(await docker('version', '--format', '{{.Server.Os}}')).toBe('linux');
    console.log(`the call that woke it took ${Math.round(performance.now() - called)} ms`);
    expect(vm.vm.state).toMatchObject({ status: 'running', reason: 'A program called' });
    await docker('run', '--rm', BOX, 'true');
    await vi.waitFor(() => expect(late.heard()).toContain('"Action":"start"'), { timeout: 10_000 });
    late.stop();
  });

  it('goes on while a container runs', { timeout: limit }, async () => {
    await docker('run', '-d', '--name', 'busy', BOX, 'sleep', '1000');
    await new Promise((resolve) => setTimeout(resolve, minuteMs + 15_000));
    expect(vm.vm.state.status).toBe('running');
    // Not even asked for: suspend would have been refused or would have happened.
    expect(vm.vm.state.reason).toBe('A program called');
  });

  it('is ended by `gantry uninstall --data`, which names what it holds, and leaves nothing of it', {
    timeout: limit,
  }, async () => {
    const home = join(folder, 'home');
    await docker('volume', 'create', 'keepsake');
    const env = { ...appEnvironment({ home }), HOME: folder, DOCKER_CONFIG: process.env.DOCKER_CONFIG };
    const args = [join(ROOT, 'out/cli/gantry.js'), 'uninstall', '--data'];
    const asked = spawnSync(process.execPath, args, { env, encoding: 'utf8', input: '' });
    expect(asked.stderr).toContain('the virtual machine is stopped, with its containers');
    expect(asked.stderr).toMatch(/with \d containers?, \d images? and 1 volume: keepsake \(\d+ MB\)/);
    expect(vm.vm.state.status, 'nobody agreed').toBe('running');
    await run(process.execPath, [...args, '--yes'], { env });
    // The docker command's own settings, which the test keeps there.
    expect(await readdir(home)).toEqual(['docker']);
    expect(await commandLines(home)).toEqual([]);
  });
});

/** Of the processes that have this text in them. */
async function commandLines(text: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(text));
}
