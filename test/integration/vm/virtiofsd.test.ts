import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { identify } from '#vm/process-identity';
import { findServer, startVirtiofsd } from '#vm/shares/virtiofsd';

const run = promisify(execFile);
const user = 'gantry-test-user';
const told = z.union([z.object({ pid: z.number() }), z.object({ failed: z.string() })]);

let folder: string;
let script: string;

/** What an ordinary user runs: serves a folder until its input ends. */
const source = `
  import { findServer, startVirtiofsd } from '#vm/shares/virtiofsd';
  const [folder, socket, writable] = process.argv.slice(2);
  const virtiofsd = await findServer();
  if (!virtiofsd) {
    console.log(JSON.stringify({ failed: 'no server' }));
    process.exit();
  }
  try {
    const served = await startVirtiofsd({
      virtiofsd, folder, socket, writable: writable === 'rw', signal: AbortSignal.timeout(20_000),
    });
    console.log(JSON.stringify({ pid: served.pid }));
    process.stdin.resume().on('end', async () => {
      served.stop();
      await served.ended;
    });
  } catch (error) {
    console.log(JSON.stringify({ failed: error.problem?.detail ?? error.message }));
  }
`;

beforeAll(async () => {
  // An ordinary user with subordinate ids, as every Linux distribution makes them.
  await run('useradd', ['--create-home', user]);
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  script = join(folder, 'serve.mjs');
  await build({
    stdin: {
      contents: source,
      resolveDir: fileURLToPath(new URL('../../..', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
  });
  await chmod(folder, 0o755);
});
afterAll(async () => {
  await run('userdel', ['--force', '--remove', user]);
  await rm(folder, { recursive: true });
});

/** Serves a folder as the user for as long as `use` takes. */
async function served(
  options: { folder: string; access: 'rw' | 'ro' },
  use: (answer: z.infer<typeof told>, socket: string) => Promise<void>,
): Promise<void> {
  const socket = join('/home', user, `fs-${options.access}.sock`);
  const child = spawn(
    'setpriv',
    [
      ...[`--reuid=${user}`, `--regid=${user}`, '--init-groups', '--reset-env', process.execPath],
      ...[script, options.folder, socket, options.access],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const closed = once(child, 'close');
  try {
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    await use(told.parse(JSON.parse(z.string().parse(line))), socket);
  } finally {
    child.stdin.end();
    await closed;
  }
}

async function homeFolder(name: string): Promise<string> {
  const path = join('/home', user, name);
  await mkdir(path, { recursive: true });
  await run('chown', [user, path]);
  return path;
}

async function mounts(pid: number): Promise<string> {
  return (await run('cat', [`/proc/${pid}/mountinfo`])).stdout;
}

/** How many processes of the user run. */
const alive = () =>
  run('pgrep', ['--euid', user, '--count', '--runstates', 'RSD']).then(
    ({ stdout }) => Number(stdout),
    () => 0,
  );

describe('virtiofsd', () => {
  it('serves a folder of an ordinary user, on a socket of that user alone', async () => {
    const shared = await homeFolder('pictures, öffentlich');
    await served({ folder: shared, access: 'rw' }, async (answer, socket) => {
      if ('failed' in answer) throw new Error(answer.failed);
      const { uid, mode } = await stat(socket);
      expect(mode & 0o077).toBe(0);
      expect(String(uid)).toBe((await run('id', ['-u', user])).stdout.trim());
      // The guest's root is the user; every other owner is one of the user's subordinate ids.
      const map = (await run('cat', [`/proc/${answer.pid}/uid_map`])).stdout.trim().split('\n');
      expect(map.map((line) => line.trim().split(/\s+/).slice(0, 2))).toEqual([
        ['0', String(uid)],
        ['1', expect.any(String)],
      ]);
    });
  });

  it('serves a read-only folder from a read-only mount', async () => {
    const shared = await homeFolder('kept');
    await served({ folder: shared, access: 'ro' }, async (answer) => {
      if ('failed' in answer) throw new Error(answer.failed);
      expect(await mounts(answer.pid)).toMatch(new RegExp(` ${shared} ro,`));
    });
  });

  it('is gone when it is stopped, with all of its processes', async () => {
    await served({ folder: await homeFolder('short'), access: 'rw' }, async () => {
      // The script, the server, and the one in a process namespace of its own.
      expect(await alive()).toBeGreaterThanOrEqual(2);
    });
    await expect.poll(alive).toBe(0);
  });

  it('says why it cannot serve a folder', async () => {
    await served({ folder: '/nowhere', access: 'rw' }, async (answer) => {
      expect(answer).toEqual({ failed: expect.stringContaining('/nowhere') });
    });
  });

  it('is not used where the user may make no namespace, which the trial tells and leaves nothing behind', async () => {
    const root = join(folder, 'root');
    await mkdir(root);
    // Linux refuses user namespaces to whoever was put into another root folder.
    const inside = 'mount --rbind / "$1" && exec chroot "--userspec=$2" "$1" "$3" "$4"';
    const args = ['sh', root, user, process.execPath, script];
    const { stdout } = await run('unshare', ['--mount', 'sh', '-c', inside, ...args], { timeout: 30_000 });
    expect(JSON.parse(stdout)).toEqual({ failed: 'no server' });
    await expect.poll(alive).toBe(0);
  });

  it('serves for root, too', async () => {
    const virtiofsd = await findServer();
    if (!virtiofsd) throw new Error('These tests need virtiofsd');
    const socket = join(folder, 'fs.sock');
    const signal = AbortSignal.timeout(20_000);
    const one = await startVirtiofsd({ virtiofsd, folder, writable: true, socket, signal });
    expect((await stat(socket)).isSocket()).toBe(true);
    one.stop();
    await one.ended;
  });

  it('ends one that was forgotten before it starts another on the same socket', async () => {
    const virtiofsd = await findServer();
    if (!virtiofsd) throw new Error('These tests need virtiofsd');
    const socket = join(folder, 'fs.sock');
    const start = () =>
      startVirtiofsd({ virtiofsd, folder, writable: true, socket, signal: AbortSignal.timeout(20_000) });
    const first = await start();
    const second = await start();
    await first.ended;
    expect((await stat(socket)).isSocket()).toBe(true);
    second.stop();
    await second.ended;
  });

  it('is gone when it is broken off', async () => {
    const virtiofsd = await findServer();
    if (!virtiofsd) throw new Error('These tests need virtiofsd');
    const socket = join(folder, 'never.sock');
    // It runs and never makes the socket.
    const hanging = { ...virtiofsd, program: join(folder, 'hanging') };
    await writeFile(hanging.program, '#!/bin/sh\necho $$ > "$0.pid"\nexec sleep 100\n', { mode: 0o755 });
    const signal = AbortSignal.timeout(500);
    await expect(
      startVirtiofsd({ virtiofsd: hanging, folder, writable: true, socket, signal }),
    ).rejects.toThrow();
    const pid = Number(await readFile(`${hanging.program}.pid`, 'utf8'));
    await expect.poll(() => identify(pid)).toBeNull();
  });
});
