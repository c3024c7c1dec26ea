// Every kind of package, and why one cannot be made on this machine.
import { whyUnreachable } from '../electron-runtime.mjs';
import { findProgram } from '../system.mjs';
import { makeDeb } from './deb.mjs';
import { makeTarball } from './tarball.mjs';

const SYSTEMS = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** `make`: how it is made of the unpacked app; without it electron-builder does it, with tools that it downloads. */
const TARGETS = [
  { name: 'tar.gz', system: 'linux', programs: ['tar', 'gzip'], make: makeTarball },
  { name: 'deb', system: 'linux', programs: ['dpkg-deb', 'fakeroot'], make: makeDeb },
  { name: 'AppImage', system: 'linux', programs: [] },
  { name: 'rpm', system: 'linux', programs: ['rpmbuild'] },
  { name: 'dmg', system: 'darwin', programs: [] },
  { name: 'zip', system: 'darwin', programs: [] },
  { name: 'nsis', system: 'win32', programs: [] },
  { name: 'appx', system: 'win32', programs: [] },
];

const TOOLS =
  process.env.ELECTRON_BUILDER_BINARIES_MIRROR ??
  'https://github.com/electron-userland/electron-builder-binaries/releases/download/';

function whyNot({ system, programs, make }, toolsMissing) {
  if (system !== process.platform) return `is made on ${SYSTEMS[system]}`;
  const missing = programs.filter((name) => !findProgram(name));
  if (missing.length > 0) return `needs ${missing.join(' and ')}`;
  return make ? undefined : toolsMissing && `needs electron-builder's tools, and ${toolsMissing}`;
}

/** All targets, each with `why` when it has to be left out here. */
export async function targetsHere() {
  const toolsMissing = await whyUnreachable(TOOLS);
  return TARGETS.map((target) => ({ ...target, why: whyNot(target, toolsMissing) }));
}
