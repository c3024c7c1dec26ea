import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Settings } from '#contract';

/** The project's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const START_LIMIT_MS = 60_000;
const PROGRAM = 'out/cli/gantry.js';

const addressLine = z.object({ url: z.url() });
const runtimeFile = z.union([z.object({ executable: z.string() }), z.object({ why: z.string() })]);

export interface AppSettings {
  /** Everything that Gantry keeps on disk goes here. */
  home: string;
  /** The engine's address for DOCKER_HOST. Without it Gantry looks for one as it does on any machine. */
  dockerHost?: string;
  env?: Record<string, string>;
  /** Another build's program. */
  program?: string;
}

/** The environment in which a test's Gantry runs: its own home, and no engine but the given one. */
export function appEnvironment({ home, dockerHost, env }: AppSettings): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('DOCKER_'),
  );
  return {
    ...Object.fromEntries(own),
    GANTRY_HOME: home,
    DOCKER_CONFIG: `${home}/docker-cli`,
    ...(dockerHost ? { DOCKER_HOST: dockerHost } : {}),
    ...env,
  };
}

/** Makes a home that is not new: its user has taken the first steps. @param home its GANTRY_HOME */
export function writeSettings(home: string, settings: Partial<Settings> = {}): void {
  writeFileSync(`${home}/settings.json`, JSON.stringify({ version: 1, settings }));
}

/** Electron's program, or why there is none: what scripts/prepare.mjs has found. */
export function electronRuntime(): z.infer<typeof runtimeFile> {
  const path = `${ROOT}/out/.stamps/electron-runtime.json`;
  if (!existsSync(path)) return { why: 'scripts/prepare.mjs has not looked for it' };
  return runtimeFile.parse(JSON.parse(readFileSync(path, 'utf8')));
}

export interface ServedApp extends AsyncDisposable {
  /** The address to open, with its one-time token. */
  url: string;
  process: ChildProcess;
  /** What the program has printed so far, for the report of a failed test. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts the browser shell: `gantry serve --no-open --json`. The project must be built. */
export async function serveApp(settings: AppSettings): Promise<ServedApp> {
  const child = spawn(process.execPath, [settings.program ?? PROGRAM, 'serve', '--no-open', '--json'], {
    cwd: ROOT,
    env: appEnvironment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const note = (text: string): void => {
    output = `${output}${text}\n`.slice(-20_000);
  };
  createInterface({ input: child.stderr }).on('line', note);
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(limit);
      child.kill('SIGKILL');
      reject(new Error(`gantry serve ${why}:\n${output}`));
    };
    const limit = setTimeout(() => fail('printed no address'), START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(`ended with ${code}`));
    lines.on('line', (line) => {
      note(line);
      if (!line.startsWith('{')) return;
      const parsed = addressLine.safeParse(JSON.parse(line));
      if (!parsed.success) return;
      clearTimeout(limit);
      resolve(parsed.data.url);
    });
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  };
  return { url, process: child, output: () => output, stop, [Symbol.asyncDispose]: stop };
}
