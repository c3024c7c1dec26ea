import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSettings } from '../harness/app';

/** An ordinary user (Debian's `nobody`), for whom Chromium's sandbox works as it does for whoever installs the package. */
const ID = 65534;
const START_LIMIT_MS = 60_000;

/** Someone with a home of their own who uses what is installed. */
export interface OrdinaryUser {
  uid: number;
  /** GANTRY_HOME, of somebody who has taken the first steps. */
  gantryHome: string;
  /** Runs a program to its end. */
  run(command: string, args: string[], env?: Record<string, string>): Promise<Ran>;
  /** Starts a program with a window. `debugger` is the address of Chromium's debugging protocol. */
  open(command: string, args: string[], env?: Record<string, string>): Promise<OpenWindow>;
  /** Deletes the home. */
  leave(): Promise<void>;
}

export interface Ran {
  code: number | null;
  output: string;
}

export interface OpenWindow {
  debugger: string;
  isOpen(): boolean;
  close(): Promise<void>;
}

/** The command of an installed desktop file, as a desktop would start it. @param address what is opened with it */
export async function execLine(desktopFile: string, address?: string): Promise<[string, ...string[]]> {
  const line = /^Exec=(.+)$/m.exec(await readFile(desktopFile, 'utf8'))?.[1] ?? '';
  const [command, ...args] = line.split(' ').flatMap((word) => (word === '%U' ? (address ?? []) : word));
  if (!command) throw new Error(`${desktopFile} has no Exec line`);
  return [command, ...args];
}

export async function ordinaryUser(): Promise<OrdinaryUser> {
  const home = await mkdtemp(join(tmpdir(), 'gantry-test-user-'));
  const gantryHome = join(home, 'gantry');
  await mkdir(gantryHome);
  await chown(home, ID, ID);
  writeSettings(gantryHome);
  for (const path of [gantryHome, join(gantryHome, 'settings.json')]) await chown(path, ID, ID);
  const own = { HOME: home, GANTRY_HOME: gantryHome, DOCKER_CONFIG: join(home, 'docker') };
  const { PATH = '', DISPLAY = '' } = process.env;
  const start = (command: string, args: string[], env: Record<string, string> = {}): ChildProcess =>
    spawn(command, args, {
      cwd: home,
      uid: ID,
      gid: ID,
      env: { PATH, DISPLAY, ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    uid: ID,
    gantryHome,
    run: async (command, args, env) => {
      const child = start(command, args, env);
      const output = collect(child);
      const [code] = await once(child, 'close');
      return { code, output: output() };
    },
    open: (command, args, env) => opened(start(command, [...args, '--remote-debugging-port=0'], env)),
    leave: () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function collect(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  return () => output;
}

async function opened(child: ChildProcess): Promise<OpenWindow> {
  const output = collect(child);
  const ended = once(child, 'close');
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const address = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(limit);
      child.kill('SIGKILL');
      reject(new Error(`The installed Gantry ${why}:\n${output()}`));
    };
    const limit = setTimeout(() => fail('did not open its window'), START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(`ended with ${code}`));
    child.stderr?.on('data', () => {
      const found = /^DevTools listening on (ws:\S+)$/m.exec(output())?.[1];
      if (!found) return;
      clearTimeout(limit);
      resolve(found);
    });
  });
  return { debugger: address, isOpen: () => child.exitCode === null && child.signalCode === null, close };
}
