// `npm test`: runs every check in order, all of them even when one fails, so that one run tells everything.
// `npm test -- unit e2e` runs those stages alone. prepare.mjs has run before.
// The last line is the sum over all tests that ran: `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from './system.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WORK = mkdtempSync(join(tmpdir(), 'gantry-tally-'));

/** The program of a node module, run by this Node: no shell, no npx. */
function tool(module, path, ...args) {
  return [process.execPath, [join(ROOT, 'node_modules', module, path), ...args]];
}

const VITEST = ['run', '--reporter=default', '--reporter=./scripts/tally-vitest.mjs', '--project'];

const STAGES = [
  { name: 'lint', run: tool('@biomejs/biome', 'bin/biome', 'check', '--error-on-warnings', '.') },
  { name: 'types', run: tool('@typescript/native', 'bin/tsc', '-p', '.') },
  { name: 'rooms', run: tool('dependency-cruiser', 'bin/dependency-cruise.mjs', 'src', 'renderer', 'test') },
  { name: 'unused', run: tool('knip', 'bin/knip.js', '--no-progress') },
  { name: 'unit', tally: true, run: tool('vitest', 'vitest.mjs', ...VITEST, 'unit') },
  { name: 'build', run: [process.execPath, [join(ROOT, 'scripts', 'build.mjs')]] },
  // Made once for the same inputs: the user's cache keeps it, and the agent for the integration tests.
  { name: 'guest', run: [process.execPath, [join(ROOT, 'scripts', 'run.mjs'), 'src/guest/build.ts']] },
  // A VM that mostly waits to be found idle.
  {
    name: 'idle',
    tally: true,
    needs: 'build',
    beside: true,
    run: tool('vitest', 'vitest.mjs', ...VITEST, 'idle'),
  },
  { name: 'integration', tally: true, run: tool('vitest', 'vitest.mjs', ...VITEST, 'integration') },
  {
    name: 'package',
    tally: true,
    display: true,
    needs: 'build',
    run: tool('vitest', 'vitest.mjs', ...VITEST, 'package'),
  },
  {
    name: 'vm',
    tally: true,
    needs: 'build',
    alone: true,
    run: tool('vitest', 'vitest.mjs', ...VITEST, 'vm'),
  },
  // The same tests in both shells, side by side: each waits as much as it computes, and a browser without a window
  // takes no keyboard from the windows on the screen.
  {
    name: 'browser',
    tally: true,
    needs: 'build',
    beside: true,
    run: tool('@playwright/test', 'cli.js', 'test', '--project=chromium', '--output=test-results/browser'),
  },
  {
    name: 'window',
    tally: true,
    display: true,
    needs: 'build',
    run: tool('@playwright/test', 'cli.js', 'test', '--project=electron', '--output=test-results/window'),
  },
];

const exitCode = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

/** A screen of its own, so that tests neither need one nor open windows on it. Gives its DISPLAY, if there is any. */
async function startScreen() {
  const program = process.platform === 'linux' ? findProgram('Xvfb') : undefined;
  if (!program) return { display: process.env.DISPLAY, stop: () => undefined };
  // Xvfb makes this folder only where it may; a bare machine has none.
  if (!existsSync('/tmp/.X11-unix')) mkdirSync('/tmp/.X11-unix', { mode: 0o1777, recursive: true });
  const screen = spawn(program, ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  screen.stderr.on('data', (text) => {
    complaint += text;
  });
  const display = await new Promise((resolve) => {
    screen.stdio[3].once('data', (number) => resolve(`:${String(number).trim()}`));
    screen.once('error', () => resolve(undefined));
    screen.once('exit', () => resolve(undefined));
  });
  if (!display) console.log(`No screen for the tests: Xvfb ended. ${complaint.trim()}`);
  return { display, stop: () => screen.kill() };
}

async function runStage(stage) {
  const tallyFile = join(WORK, stage.name);
  const env = { ...process.env, GANTRY_TALLY: tallyFile, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' };
  const screen = stage.display ? await startScreen() : undefined;
  if (screen?.display) env.DISPLAY = screen.display;
  const [command, args] = stage.run;
  const output = stage.beside ? 'pipe' : 'inherit';
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', output, output] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  const code = await exitCode(child).finally(() => screen?.stop());
  const tally =
    stage.tally && existsSync(tallyFile) ? JSON.parse(readFileSync(tallyFile, 'utf8')) : undefined;
  // A runner that ends well without having written its tally has not run the tests.
  const ok = code === 0 && (!stage.tally || (tally !== undefined && tally.failed === 0));
  return { ok, tally, said };
}

const words = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `No such stage: ${unknown.join(', ')}. There are: ${STAGES.map((stage) => stage.name).join(', ')}`,
  );
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const summary = [];
const broken = new Set();

async function report(stage) {
  console.log(`\n━━ ${stage.name}${stage.beside ? ' (beside the next ones; what it says follows)' : ''}`);
  const started = performance.now();
  const blocked = stage.needs !== undefined && broken.has(stage.needs);
  const { ok, tally, said = '' } = blocked ? { ok: false } : await runStage(stage);
  if (said) console.log(`\n━━ ${stage.name}, as it went\n${said}`);
  if (!ok) broken.add(stage.name);
  if (tally) {
    for (const { name, reason } of tally.skipped) console.log(`skipped: ${name}: ${reason}`);
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped.length;
  }
  const outcome = blocked ? `NOT RUN, because ${stage.needs} failed` : ok ? 'ok' : 'FAILED';
  const sum = tally ? `  (${words({ ...tally, skipped: tally.skipped.length })})` : '';
  const line = `${stage.name.padEnd(12)} ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${outcome}${sum}`;
  summary.push(line);
  console.log(`── ${line}`);
}

let beside = Promise.resolve();
for (const stage of STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  if (stage.alone) await beside;
  if (stage.beside) beside = report(stage);
  else await report(stage);
}
await beside;
rmSync(WORK, { recursive: true, force: true });
console.log(`\n${summary.join('\n')}\n`);
if (broken.size > 0) console.log(`failed: ${[...broken].join(', ')}`);
console.log(words(total));
process.exitCode = broken.size > 0 ? 1 : 0;
