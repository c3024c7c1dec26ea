// `npm run package`: makes the packages that can be made on this machine into dist/, prints the size of each, and says
// of every other kind why it was left out. electron-builder makes the unpacked app of this machine's Electron; the
// deb and the tar.gz are made of that. docs/PACKAGES.md tells the rest.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, Platform } from 'electron-builder';
import config, { guests } from '../electron-builder.config.mjs';
import { buildStale } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { writeBill } from './package/bill.mjs';
import { feedAddress, notesOf, writeAppUpdate, writeFeed } from './package/feed.mjs';
import { targetsHere } from './package/targets.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(ROOT, 'dist');
const PARTS = join(ROOT, 'out/package');
const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

function fail(why) {
  console.error(why);
  process.exit(1);
}

/** Makes the guest image that is missing. Gives the manifest of each that is shipped. */
function guestManifests() {
  return guests.map((arch) => {
    const manifest = join(ROOT, 'out/guest', arch, 'manifest.json');
    if (!existsSync(manifest)) {
      const args = ['scripts/run.mjs', 'src/guest/build.ts', '--arch', arch];
      spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    }
    if (!existsSync(manifest))
      fail(
        `There is no guest image in out/guest/${arch}. Make it on Linux (npm run guest:build) and copy it here.`,
      );
    return JSON.parse(readFileSync(manifest, 'utf8'));
  });
}

/** This machine's Electron: its folder and version. */
function localElectron() {
  const { executable, why } = electronRuntime();
  if (!executable) fail(`There is no Electron to package: ${why}.`);
  const mac = process.platform === 'darwin';
  const folder = mac ? join(dirname(executable), '../../..') : dirname(executable);
  const found = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  if (!found.startsWith(`${devDependencies.electron.replace(/^\D/, '').split('.')[0]}.`))
    console.log(
      `Made with this machine's Electron ${found} instead of ${devDependencies.electron}: to try out, not to give away.`,
    );
  return { electronDist: folder, electronVersion: found };
}

function bytesBelow(path) {
  const entry = lstatSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0);
}

const row = (name, path) =>
  `${name.padEnd(10)} ${(bytesBelow(path) / 1e6).toFixed(1).padStart(7)} MB  ${path.slice(ROOT.length)}`;

// The library for the deb copies modes as they are; an installed program is for everybody.
process.umask(0o022);
rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(PARTS, { recursive: true });
await buildStale();
const electron = localElectron();
const components = writeBill(PARTS, { electron: electron.electronVersion, guests: guestManifests() });
rmSync(join(PARTS, 'app-update.yml'), { force: true });
if (feedAddress) writeAppUpdate(PARTS, feedAddress);
rmSync(join(PARTS, 'gantry'), { force: true });
if (process.platform === 'linux') symlinkSync('/opt/Gantry/resources/bin/gantry', join(PARTS, 'gantry'));

const linux = process.platform === 'linux';
const targets = await targetsHere();
const possible = targets.filter(({ why }) => !why);
const byBuilder = possible.filter(({ make }) => !make).map(({ name }) => name);

function buildWith(names, options) {
  // A universal app is made of two runtimes, which electron-builder downloads.
  const universal = process.platform === 'darwin' && byBuilder.length > 0;
  return build({
    targets: Platform.current().createTarget(names),
    config: universal ? config : { ...config, ...electron },
    projectDir: ROOT,
    ...options,
  });
}

const rows = [];
const made = [];
const app = join(OUTPUT, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
if (linux || byBuilder.length === 0) await buildWith(['dir']);
if (linux) {
  rows.push(row('unpacked', app));
  const own = possible.filter(({ make }) => make);
  const files = await Promise.all(own.map(({ make }) => make({ app, output: OUTPUT, version })));
  made.push(...files);
  rows.push(...own.map(({ name }, index) => row(name, files[index])));
}
if (byBuilder.length > 0) {
  try {
    const files = await buildWith(byBuilder, linux ? { prepackaged: app } : {});
    const packages = files.filter((path) => !path.endsWith('.blockmap'));
    made.push(...packages);
    for (const file of packages) rows.push(row('', file));
  } catch (error) {
    // Such as a proxy that does not let its downloads through: what was made before is good.
    rows.push(`FAILED     ${byBuilder.join(', ')}: ${error.message}`);
    process.exitCode = 1;
  }
}

const notes = notesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
const { path: feed, signed } = writeFeed(OUTPUT, { files: made, version, notes });
rows.push(row('feed', feed));
if (!signed) rows.push('UNSIGNED   the feed, as GANTRY_UPDATE_KEY names no key: no Gantry will believe it');
if (!feedAddress) rows.push('no updates the packages look for none, as GANTRY_UPDATE_FEED is not set');

console.log(`\nShipped: ${components} components, in resources/sbom.cdx.json and THIRD-PARTY-LICENCES.txt`);
for (const line of rows) console.log(line);
for (const { name, why } of targets.filter((target) => target.why)) console.log(`left out   ${name}: ${why}`);
