import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { electronRuntime, ROOT } from '../harness/app';
import { findProgram } from '../harness/run';

const manifest = z
  .object({ version: z.string(), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** What `npm run package` has made, once for all tests (packages.setup.ts). */
export const made = {
  version: manifest.version,
  dependencies: Object.keys(manifest.dependencies),
  /** Debian's name of this computer's processor. */
  arch: process.arch === 'x64' ? 'amd64' : process.arch,
  /** The folder of the unpacked app. */
  app: join(ROOT, process.arch === 'x64' ? 'dist/linux-unpacked' : `dist/linux-${process.arch}-unpacked`),
  get deb() {
    return join(ROOT, `dist/gantry_${this.version}_${this.arch}.deb`);
  },
  get tarball() {
    return join(ROOT, `dist/gantry-${this.version}-linux-${process.arch}.tar.gz`);
  },
};

/** Why the packages cannot be made here, in plain words; undefined when they can. */
export function whyNoPackages(): string | undefined {
  if (process.platform !== 'linux') return 'the packages for this system are tested by hand';
  const runtime = electronRuntime();
  if ('why' in runtime) return `Electron is not available: ${runtime.why}`;
  const missing = ['dpkg-deb', 'fakeroot'].filter((name) => !findProgram(name));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}
