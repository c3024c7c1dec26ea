// Runs before `npm start`, `npm test`, `npm run dev`, `npm run package`, `npm run bench` and the like (npm's pre… hooks),
// on a fresh clone too, so it may use nothing but Node itself. Step by step:
//   1. Node is new enough.
//   2. node_modules agrees with package-lock.json; if not, `npm ci`.
//   3. Electron's runtime is there, or it is said why not (electron-runtime.mjs).
//   4. The system has the programs and libraries that are needed (system.mjs). What is missing is installed by the
//      system's package manager when root or sudo allows it: on a terminal after asking, without a terminal at
//      once; otherwise the command to type is printed.
//   5. What is stale is built (build.mjs). Not before tests, which build as one of their stages.
// usage: node scripts/prepare.mjs start|dev|test|measure|package
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const purpose = process.argv[2] ?? 'start';

function readJson(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

function checkNode() {
  const wanted = readJson('package.json').engines.node.replace(/^>=/, '');
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = wanted.split('.').map(Number);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  console.error(
    `Gantry needs Node ${wanted} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
  process.exit(1);
}

/** npm keeps in node_modules a record of what it has put there. */
function modulesAgree() {
  if (!existsSync(join(ROOT, 'node_modules/.package-lock.json'))) return false;
  const locked = readJson('package-lock.json').packages;
  const there = readJson('node_modules/.package-lock.json').packages;
  const agrees = ([path, entry]) => there[path]?.version === entry.version;
  return (
    Object.entries(locked)
      // Packages for other systems are optional, and left out.
      .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional)
      .every(agrees) &&
    Object.entries(there).every(([path, entry]) => locked[path]?.version === entry.version)
  );
}

function installModules() {
  if (modulesAgree()) return;
  console.log('Installing the node modules (npm ci) …');
  // On Windows npm is a command file, which only a shell starts; every argument here is a constant.
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status === 0) return;
  console.error('The node modules could not be installed: see above what npm said.');
  process.exit(1);
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Whether a Docker Engine is in sight; without one Gantry offers its own, in a VM, which needs QEMU. */
function hasEngine() {
  return Boolean(process.env.DOCKER_HOST) || existsSync('/var/run/docker.sock');
}

checkNode();
installModules();
const { prepareElectron } = await import('./electron-runtime.mjs');
const { prepareSystem } = await import('./system.mjs');
const forTests = purpose === 'test' || purpose === 'measure';
const runtime = await prepareElectron(forTests || purpose === 'package' ? 'test' : 'start');
if (forTests) await prepareSystem('test');
else if (purpose === 'package') await prepareSystem('package');
else {
  if (runtime.executable && hasDisplay()) await prepareSystem('window');
  if (!hasEngine()) await prepareSystem('vm');
}
if (purpose !== 'test') {
  const { buildStale } = await import('./build.mjs');
  await buildStale();
}
