import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { autostartEntry, autostartPath, isAutostarted, setAutostarted } from '#backend/autostart-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-autostart-'));
  path = autostartPath({ XDG_CONFIG_HOME: folder });
});
afterEach(() => rmSync(folder, { recursive: true }));

const here = { program: process.execPath, args: ['--hidden'] };

test('the file is where the desktop looks, or in the home folder’s .config', () => {
  expect(path).toBe(join(folder, 'autostart', 'gantry.desktop'));
  expect(autostartPath({})).toMatch(/\/\.config\/autostart\/gantry\.desktop$/);
  expect(autostartPath({ XDG_CONFIG_HOME: '' })).toMatch(/\/\.config\/autostart\/gantry\.desktop$/);
});

test('switched on the file is there as a whole, switched off it is gone; both can be said twice', async () => {
  expect(await isAutostarted(path)).toBe(false);
  await setAutostarted(path, here);
  await setAutostarted(path, here);
  expect(await isAutostarted(path)).toBe(true);
  expect(readdirSync(dirname(path))).toEqual(['gantry.desktop']);
  expect(readFileSync(path, 'utf8')).toContain(`Exec="${process.execPath}" "--hidden"\n`);
  await setAutostarted(path, null);
  await setAutostarted(path, null);
  expect(await isAutostarted(path)).toBe(false);
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('words keep their spaces, quotes, dollars, backslashes and percent signs', () => {
  const entry = autostartEntry({ program: '/opt/My "app"/100%', args: ['$HOME', 'a\\b'] });
  // A backslash for the quotation, each of them doubled as in every value.
  expect(entry).toContain(String.raw`Exec="/opt/My \\"app\\"/100%%" "\\$HOME" "a\\\\b"`);
  expect(entry).toContain('TryExec=/opt/My "app"/100%\n');
});

test.each([
  ['another program hid it', 'Hidden=true'],
  ['GNOME switched it off', 'X-GNOME-Autostart-enabled=false'],
  ['its program is gone', 'TryExec=/nowhere/gantry-desktop'],
])('a file that is there does not count when %s', async (_, line) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `[Desktop Entry]\nType=Application\nExec=x\n${line}\n[Other]\nHidden=false\n`);
  expect(await isAutostarted(path)).toBe(false);
  await setAutostarted(path, here);
  expect(await isAutostarted(path)).toBe(true);
});

test('where the file cannot be, that is an error, and not taken for switched off', async () => {
  writeFileSync(join(folder, 'autostart'), 'no folder');
  await expect(isAutostarted(path)).rejects.toThrow('ENOTDIR');
  await expect(setAutostarted(path, here)).rejects.toThrow();
});
