// `npm run build`: builds what is stale into out/.
//   out/renderer/           the user interface (Vite)
//   out/desktop/            Electron's main process, preload script
//   out/desktop/updater.js  electron-updater, which main.js reads when updates are looked for
//   out/backend/process.js  the backend in Electron's utility process
//   out/cli/gantry.js       the command line, with the browser shell
//   out/vm/keeper.js        the process that looks after the virtual machine
//   out/assets/             what the programs read at run time
// Each target keeps a hash of all its inputs in out/.stamps: when nothing has changed, nothing is done.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { speakingProgram } from './languages/plugin.mjs';
import { startCost } from './start-cost.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Libraries in CommonJS form expect these names, which a module does not have. */
const COMMONJS_NAMES = [
  "import { createRequire as bundleCreateRequire } from 'node:module';",
  'const require = bundleCreateRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** The programs that run in Node or in Electron's Node. */
export const PROGRAMS = [
  { name: 'desktop', entry: 'src/desktop/main.ts', output: 'out/desktop/main.js' },
  { name: 'updater', entry: 'src/desktop/updates/updater.ts', output: 'out/desktop/updater.js' },
  { name: 'preload', entry: 'src/desktop/preload.ts', output: 'out/desktop/preload.cjs' },
  { name: 'backend', entry: 'src/desktop/backend-process.ts', output: 'out/backend/process.js' },
  { name: 'cli', entry: 'src/cli/main.ts', output: 'out/cli/gantry.js' },
  { name: 'keeper', entry: 'src/vm/keeper.ts', output: 'out/vm/keeper.js' },
];

const COMMON_INPUTS = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/build.mjs',
  'scripts/start-cost.mjs',
  'scripts/languages',
  'languages',
  'assets',
];

/** What esbuild needs to know to bundle one of PROGRAMS. */
export function bundleOptions({ entry, output }) {
  // A sandboxed preload script must be CommonJS: https://www.electronjs.org/docs/latest/tutorial/esm
  const format = output.endsWith('.cjs') ? 'cjs' : 'esm';
  const shebang = output === 'out/cli/gantry.js' ? '#!/usr/bin/env node\n' : '';
  return {
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    platform: 'node',
    // Electron 33 has Node 20.18.
    target: 'node20.18',
    format,
    sourcemap: true,
    // Comments with characters beyond Latin-1 make V8 keep the whole program with two bytes per character.
    minifyWhitespace: true,
    // Places in stack traces stay of use.
    lineLimit: 120,
    logLevel: 'warning',
    plugins: [startCost, ...speakingProgram()],
    // ssh2 tries both native helpers, and does without them.
    // Its main file asks for its parts in a way that a bundler does not see.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    external: ['electron', 'cpu-features', '*.node'],
    banner: { js: format === 'esm' ? `${shebang}${COMMONJS_NAMES}` : '' },
  };
}

function filesBelow(path) {
  if (!existsSync(join(ROOT, path))) return [];
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(ROOT.length))
    .sort();
}

function hashOf(paths) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of paths.flatMap(filesBelow)) {
    hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

/** Does `build` unless the output is there and was made of the same inputs. */
async function unlessFresh(name, inputs, output, build) {
  const stamp = join(ROOT, 'out/.stamps', name);
  const hash = hashOf([...COMMON_INPUTS, ...inputs]);
  if (existsSync(join(ROOT, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const started = performance.now();
  // No stamp while it is being built: a build that is broken off must not count as done.
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(join(ROOT, 'out/.stamps'), { recursive: true });
  writeFileSync(stamp, hash);
  console.log(`built ${name} in ${Math.round(performance.now() - started)} ms`);
}

async function buildRenderer() {
  const { build } = await import('vite');
  await build({ root: join(ROOT, 'renderer'), configFile: join(ROOT, 'vite.config.ts'), logLevel: 'warn' });
}

async function buildProgram(program) {
  if (!existsSync(join(ROOT, program.entry))) {
    console.log(`${program.entry} is not there, so ${program.output} is not built`);
    return;
  }
  const { build } = await import('esbuild');
  await build(bundleOptions(program));
  if (program.name === 'cli') chmodSync(join(ROOT, program.output), 0o755);
}

function copyAssets() {
  rmSync(join(ROOT, 'out/assets'), { recursive: true, force: true });
  mkdirSync(join(ROOT, 'out/assets'), { recursive: true });
  if (existsSync(join(ROOT, 'assets')))
    cpSync(join(ROOT, 'assets'), join(ROOT, 'out/assets'), { recursive: true });
}

/** Builds every target whose inputs have changed. */
export async function buildStale() {
  await unlessFresh('assets', [], 'out/assets', async () => copyAssets());
  for (const program of PROGRAMS) {
    await unlessFresh(program.name, ['src'], program.output, () => buildProgram(program));
  }
  const inputs = ['renderer', 'src/contract', 'vite.config.ts'];
  await unlessFresh('renderer', inputs, 'out/renderer/index.html', buildRenderer);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildStale();
