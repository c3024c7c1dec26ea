// Finds Electron's runtime, fetching it if need be. In this order:
//   1. the folder named by ELECTRON_OVERRIDE_DIST_PATH
//   2. what an earlier start has fetched into node_modules/electron
//   3. for tests, and packages to try out: ../shared/electron/install, if there is such a script beside the project.
//      It fetches a runtime on machines that cannot reach Electron's release host
//   4. Electron's own download
// The answer is kept in out/.stamps, so that the start after prepare.mjs does not look again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PACKAGE = join(ROOT, 'node_modules', 'electron');
const ANSWER = join(ROOT, 'out', '.stamps', 'electron-runtime.json');
const PROBE_LIMIT_MS = 5_000;
/** About 120 MB: ten minutes are enough at 2 Mbit/s. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000;
const SHARED_LIMIT_MS = 5 * 60_000;

const PROGRAM =
  { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';

function inFolder(folder) {
  const executable = join(folder, PROGRAM);
  return existsSync(executable) ? { executable } : undefined;
}

function fetchedBefore() {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const mark = join(PACKAGE, 'dist', 'version');
  const found = existsSync(mark) && readFileSync(mark, 'utf8').trim().replace(/^v/, '') === version;
  return { version, runtime: found ? inFolder(join(PACKAGE, 'dist')) : undefined };
}

function fromShared() {
  const script = join(ROOT, '..', 'shared', 'electron', 'install');
  if (!existsSync(script)) return undefined;
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'gantry-test', 'electron');
  const home = mkdtempSync(join(tmpdir(), 'gantry-electron-'));
  const done = spawnSync(script, [folder], {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: SHARED_LIMIT_MS,
  });
  rmSync(home, { recursive: true, force: true });
  return done.status === 0 ? inFolder(folder) : undefined;
}

/** Why what is released at this address cannot be fetched, or undefined. A proxy is left to the download itself. */
export async function whyUnreachable(address) {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return undefined;
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
    return undefined;
  } catch {
    return `its release host (${new URL(address).host}) cannot be reached`;
  }
}

async function download(version) {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/';
  const why = await whyUnreachable(new URL(`v${version}/SHASUMS256.txt`, base));
  if (why) return { why };
  console.log(`Fetching Electron ${version} (about 120 MB, once) …`);
  const done = spawnSync(process.execPath, [join(PACKAGE, 'install.js')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: DOWNLOAD_LIMIT_MS,
    env: { ...process.env, ELECTRON_GET_USE_PROXY: '1' },
  });
  return inFolder(join(PACKAGE, 'dist')) ?? { why: done.error ? done.error.message : 'its download failed' };
}

async function find(purpose) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override)
    return inFolder(override) ?? { why: `ELECTRON_OVERRIDE_DIST_PATH has no ${PROGRAM}: ${override}` };
  const { version, runtime } = fetchedBefore();
  return runtime ?? (purpose === 'test' ? fromShared() : undefined) ?? (await download(version));
}

/** Finds or fetches the runtime: `{ executable }`, or `{ why }` it is not there. */
export async function prepareElectron(purpose) {
  const answer = await find(purpose);
  mkdirSync(dirname(ANSWER), { recursive: true });
  writeFileSync(ANSWER, `${JSON.stringify(answer)}\n`);
  return answer;
}

/** What prepareElectron() found last. */
export function electronRuntime() {
  if (!existsSync(ANSWER)) return { why: 'nothing has looked for it yet: run npm start or npm test' };
  return JSON.parse(readFileSync(ANSWER, 'utf8'));
}
