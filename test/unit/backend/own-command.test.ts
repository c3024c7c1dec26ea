import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownCommand } from '#backend/tools/own-command';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-command-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function make(path: string): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, '');
  return whole;
}
const seenFrom = (path: string, env: NodeJS.ProcessEnv = {}, platform: NodeJS.Platform = 'linux') =>
  ownCommand(env, platform, pathToFileURL(join(folder, path)).href);

test('is the built program in a copy of the source, and the script of an installed Gantry', () => {
  const built = make('out/cli/gantry.js');
  expect(seenFrom('out/backend/process.js')).toBe(built);
  expect(seenFrom('out/cli/gantry.js')).toBe(built);
  const installed = make('lib/resources/bin/gantry');
  expect(seenFrom('lib/resources/app.asar/out/backend/process.js')).toBe(installed);
});

test('is nothing that a link could lead to where it is not built, in an AppImage, and on Windows', () => {
  expect(seenFrom('out/cli/gantry.js')).toBeNull();
  make('out/cli/gantry.js');
  expect(seenFrom('out/cli/gantry.js', { APPIMAGE: '/home/me/Gantry.AppImage' })).toBeNull();
  expect(seenFrom('out/cli/gantry.js', {}, 'win32')).toBeNull();
});
