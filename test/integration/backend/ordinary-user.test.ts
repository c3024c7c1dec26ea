import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { settings as settingsSchema } from '#contract/app';
import { problem as problemSchema } from '#contract/problem';
import { ROOT, writeSettings } from '../../harness/app';
import { findProgram } from '../../harness/run';

/** Debian's `nobody`, who owns nothing. */
const nobody = 65534;

const why =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? 'being somebody else needs Linux and root'
    : findProgram('setpriv')
      ? undefined
      : 'setpriv is not installed';
if (why) console.log(`A folder of Gantry’s that belongs to another user is not tested: ${why}`);

/** What the ordinary user runs: a backend on a home, which does what it is told, line by line. */
const source = `
  import { createInterface } from 'node:readline';
  import { createRouterClient } from '@orpc/server';
  import { createBackend } from '#backend/index';
  const backend = createBackend(process.argv[2]);
  const client = createRouterClient(backend.router);
  for await (const line of createInterface({ input: process.stdin })) {
    const { room, procedure, input } = JSON.parse(line);
    const answer = await client[room][procedure](input).then(
      (value) => ({ value }),
      (error) => ({ problem: error.data, failure: String(error) }),
    );
    console.log(JSON.stringify(answer));
  }
  await backend.close();
`;

/** Libraries in CommonJS form expect these names, which a module does not have. */
const names = `
  import { createRequire } from 'node:module';
  const require = createRequire(import.meta.url);
  const __filename = import.meta.filename;
  const __dirname = import.meta.dirname;
`;

const info = z.object({ problems: z.array(problemSchema) });
const answer = z.object({
  value: z.unknown().optional(),
  problem: problemSchema.optional(),
  failure: z.string().optional(),
});

describe.skipIf(why)('Gantry’s folder belongs to another user', () => {
  let folder: string;
  let home: string;
  let program: string;
  let child: ChildProcess;
  let lines: AsyncIterator<string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gantry-ordinary-'));
    chmodSync(folder, 0o755);
    program = join(folder, 'backend.mjs');
    await build({
      stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      banner: { js: names },
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      external: ['cpu-features', '*.node'],
      outfile: program,
      logLevel: 'warning',
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(() => {
    home = join(folder, 'home');
    mkdirSync(home);
    writeSettings(home, { engineHost: 'unix:///nowhere.sock', hiddenSources: ['quay'] });
  });
  afterEach(async () => {
    const ended = once(child, 'close');
    child.stdin?.end();
    const [code] = await ended;
    rmSync(home, { recursive: true, force: true });
    expect(code).toBe(0);
  });

  /** Starts the backend as the ordinary user. */
  function begin(): void {
    const as = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
    child = spawn('setpriv', [...as, process.execPath, program, home], {
      cwd: '/',
      env: { PATH: process.env.PATH, HOME: '/nonexistent', DOCKER_CONFIG: '/nonexistent/docker' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('It has no output');
    lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  async function call(room: string, procedure: string, input?: unknown) {
    child.stdin?.write(`${JSON.stringify({ room, procedure, input })}\n`);
    const line = await lines.next();
    if (line.done) throw new Error('The backend has ended');
    const said = answer.parse(JSON.parse(line.value));
    if (said.failure && !said.problem) throw new Error(said.failure);
    return said;
  }

  const problems = async () => info.parse((await call('app', 'info')).value).problems;
  const settings = async () => settingsSchema.parse((await call('app', 'settings')).value);
  const refused = async (room: string, procedure: string, input: unknown) =>
    (await call(room, procedure, input)).problem;
  const repair = (): Promise<unknown> => call('diagnostics', 'fix', { repair: 'data-folder' });
  const file = () => readFileSync(join(home, 'settings.json'), 'utf8');
  const kept = () => JSON.parse(file()).settings;
  /** What the problem tells to do. */
  const giveBack = () => {
    for (const path of [home, join(home, 'settings.json')]) chownSync(path, nobody, nobody);
  };

  test('one that can be read: its settings count, and what is changed is kept once it may be', async () => {
    chmodSync(home, 0o755);
    const before = file();
    begin();
    expect(await problems()).toMatchObject([
      {
        code: 'folder-denied',
        explanation: expect.stringContaining(`sudo chown -R $USER ${home}`),
        actions: [{ procedure: 'diagnostics.fix' }, { target: 'troubleshoot' }],
      },
    ]);
    expect(await settings()).toMatchObject({ hiddenSources: ['quay'] });
    const change = await refused('app', 'changeSettings', { letterShortcuts: false });
    expect(change).toMatchObject({ code: 'folder-denied', title: 'Your change could not be kept' });
    expect(await settings()).toMatchObject({ letterShortcuts: false });
    expect(await refused('diagnostics', 'fix', { repair: 'data-folder' })).toMatchObject({
      code: 'folder-denied',
    });
    expect(statSync(home)).toMatchObject({ uid: 0, mode: 0o40755 });
    expect(file()).toBe(before);

    giveBack();
    await repair();
    expect(await problems()).toEqual([]);
    expect(kept()).toMatchObject({ hiddenSources: ['quay'], letterShortcuts: false });
    expect(statSync(home).mode & 0o777).toBe(0o700);
  });

  test('one that is closed: it opens with defaults, and the settings come back unharmed', async () => {
    chmodSync(home, 0o700);
    const before = file();
    begin();
    expect((await problems()).map(({ code }) => code)).toEqual(['settings-broken', 'folder-denied']);
    // Whoever has a folder has taken the first steps.
    expect(await settings()).toMatchObject({ hiddenSources: [], onboarding: 'done' });
    for (const change of [{ letterShortcuts: false }, { monoSize: 14 }]) {
      expect(await refused('app', 'changeSettings', change)).toMatchObject({ code: 'folder-denied' });
    }
    expect(await settings()).toMatchObject({ letterShortcuts: false, monoSize: 14 });
    expect(file()).toBe(before);

    giveBack();
    await repair();
    expect(await problems()).toEqual([]);
    const whole = {
      engineHost: 'unix:///nowhere.sock',
      hiddenSources: ['quay'],
      letterShortcuts: false,
      monoSize: 14,
    };
    expect(await settings()).toMatchObject(whole);
    expect(kept()).toMatchObject(whole);
  });
});
