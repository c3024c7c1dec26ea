import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { guestManifest } from '#guest/manifest';
import { run } from '../harness/run';
import { made, whyNoPackages } from './made';

const missing = whyNoPackages();
/** The state of a fuse is a character in the program. */
const ON = '1'.charCodeAt(0);

const bill = z.object({ components: z.array(z.object({ name: z.string(), version: z.string() })) });
const resource = (name: string) => readFile(join(made.app, 'resources', name), 'utf8');

describe.skipIf(missing)(missing ? `the packages (${missing})` : 'the packages', () => {
  it('are told with their sizes, and the others with why they are left out', () => {
    const printed = inject('printed');
    for (const name of ['unpacked', 'tar.gz', 'deb'])
      expect(printed).toMatch(new RegExp(`^${name}\\s+\\d+\\.\\d MB`, 'm'));
    for (const name of ['dmg', 'zip']) expect(printed).toContain(`left out   ${name}: is made on macOS`);
    for (const name of ['nsis', 'appx']) expect(printed).toContain(`left out   ${name}: is made on Windows`);
    for (const name of ['AppImage', 'rpm'])
      expect(printed).toMatch(new RegExp(`(left out   ${name}: needs )|(MB  dist/.*${name})`));
  });

  it('have the fuses set', async () => {
    const { version: _, ...fuses } = await getCurrentFuseWire(join(made.app, 'gantry-desktop'));
    const on = Object.entries(fuses)
      .filter(([, state]) => Number(state) === ON)
      .map(([fuse]) => FuseV1Options[Number(fuse)]);
    expect(on).toEqual(['RunAsNode', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar']);
  });

  it('bring the built programs, and nothing of node_modules', () => {
    const files = listPackage(join(made.app, 'resources/app.asar'), { isPack: false });
    expect(files).toContain('/out/vm/keeper.js');
    expect(files.filter((path) => /node_modules|\.map$|^\/(src|test|renderer)/.test(path))).toEqual([]);
    expect(existsSync(join(made.app, 'resources/default_app.asar'))).toBe(false);
  });

  it('have it all in one folder of the tar.gz', async () => {
    const folder = basename(made.tarball, '.tar.gz');
    const files = (await run('tar', ['-tzf', made.tarball])).toString().trim().split('\n');
    expect(files.filter((path) => !path.startsWith(`${folder}/`))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        `${folder}/gantry-desktop`,
        `${folder}/resources/bin/gantry`,
        `${folder}/resources/guest/${made.arch}/root.br`,
      ]),
    );
  });

  it('list all that they bring, with the licences', async () => {
    const { components } = bill.parse(JSON.parse(await resource('sbom.cdx.json')));
    const guest = guestManifest.parse(JSON.parse(await resource(`guest/${made.arch}/manifest.json`)));
    const expected = ['electron', ...guest.packages.map(({ name }) => name), ...made.dependencies];
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
    const licences = (await resource('THIRD-PARTY-LICENCES.txt')).toLowerCase();
    const unnamed = components
      .map(({ name, version }) => [`${name}@${version}`, `${name} ${version}`])
      .filter((spellings) => !spellings.some((spelling) => licences.includes(spelling.toLowerCase())));
    expect(unnamed).toEqual([]);
    expect(existsSync(join(made.app, 'LICENSES.chromium.html'))).toBe(true);
  });
});
