import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SettingsStore } from '#backend/settings';
import { exportedSettings, importedSettings, settingChanges } from '#backend/settings-file';
import type { Problem, Settings } from '#contract';
import { ProblemError } from '#contract/problem';

let folder: string;
let store: SettingsStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-settings-'));
  store = new SettingsStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const proxy: Settings['vm']['proxy'] = {
  mode: 'manual',
  http: 'http://me:hunter2@proxy.lan:3128',
  https: 'http://proxy.lan:3129',
  except: 'localhost',
};

const fileOf = (settings: unknown, version = 1) => JSON.stringify({ version, settings });

function refusal(text: string): Problem {
  try {
    importedSettings(text, store.now);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It was not refused');
}

test('an export has no password, and nothing of this computer alone', async () => {
  const now = await store.change({
    engineHost: 'ssh://me:hunter2@server.lan',
    lessons: { first: 2 },
    vm: { ...store.now.vm, proxy, diskFolder: '/big/disk' },
  });
  const text = exportedSettings(now);
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain('/big/disk');
  const { settings } = JSON.parse(text);
  expect(settings.engineHost).toBe('ssh://me@server.lan');
  expect(settings.vm.proxy.http).toBe('http://me@proxy.lan:3128');
  for (const key of ['onboarding', 'lessons', 'toldOfTray']) expect(settings).not.toHaveProperty(key);
  for (const key of ['diskFolder', 'diskGiB']) expect(settings.vm).not.toHaveProperty(key);
});

test('importing one’s own export changes nothing, passwords included', async () => {
  const now = await store.change({ closeTo: 'quit', vm: { ...store.now.vm, proxy } });
  const { after, unknown } = importedSettings(exportedSettings(now), now);
  expect(after).toEqual(now);
  expect(settingChanges(now, after)).toEqual([]);
  expect(unknown).toEqual([]);
});

test('what would change is named with both values, one setting at a time', () => {
  const { now } = store;
  const { after } = importedSettings(
    fileOf({ closeTo: 'quit', monoSize: 12, notifications: { pulls: false }, vm: { memoryMiB: 1024 } }),
    now,
  );
  expect(settingChanges(now, after)).toEqual([
    { key: 'closeTo', before: 'tray', after: 'quit' },
    { key: 'vm.memoryMiB', before: now.vm.memoryMiB, after: 1024 },
    { key: 'notifications.pulls', before: true, after: false },
  ]);
});

test('an address that came without its password keeps the one it has here; another address does not', async () => {
  const now = await store.change({ vm: { ...store.now.vm, proxy } });
  const withHttp = (http: string) =>
    importedSettings(fileOf({ vm: { proxy: { ...proxy, http, except: '' } } }), now).after.vm.proxy;
  expect(withHttp('http://me@proxy.lan:3128')).toEqual({ ...proxy, except: '' });
  expect(withHttp('http://me@other.lan:3128').http).toBe('http://me@other.lan:3128');
});

test('the disk and the first steps stay as they are, whatever the file says', () => {
  const { after } = importedSettings(
    fileOf({ onboarding: 'container', lessons: { x: 1 }, vm: { diskFolder: '/etc', diskGiB: 2000 } }),
    store.now,
  );
  expect(after).toEqual(store.now);
});

test('keys that are not known are named and left out', () => {
  const { after, unknown } = importedSettings(fileOf({ colour: 'red', vm: { gpu: true } }), store.now);
  expect(unknown).toEqual(['colour', 'vm.gpu']);
  expect(after).toEqual(store.now);
});

test.each([
  ['no JSON', 'settings-file-unreadable', '{ broken'],
  ['another kind of JSON', 'settings-file-invalid', '[1, 2]'],
  ['a value of the wrong kind', 'settings-file-invalid', fileOf({ closeTo: 'never' })],
  ['a VM that is none', 'settings-file-invalid', fileOf({ vm: { cpus: 0 } })],
  ['settings of a newer Gantry', 'settings-file-newer', fileOf({}, 99)],
])('a file with %s is refused', (_, code, text) => {
  const { title, explanation, detail } = refusal(text);
  expect(refusal(text).code).toBe(code);
  expect(explanation).toMatch(/nothing was changed/i);
  expect(title).not.toBe('');
  expect(detail).toBeTruthy();
});

test('a refused value is named', () => {
  expect(refusal(fileOf({ closeTo: 'never' })).detail).toContain('closeTo');
});

test('forgetting settings keeps the file, the disk and the lessons; what was kept can be imported', async () => {
  await store.change({
    closeTo: 'quit',
    lessons: { first: 2 },
    vm: { ...store.now.vm, diskGiB: 99, cpus: 1 },
  });
  const before = readFileSync(join(folder, 'settings.json'), 'utf8');
  await store.forget();
  expect(store.now).toMatchObject({ closeTo: 'tray', onboarding: 'done', lessons: { first: 2 } });
  expect(store.now.vm.diskGiB).toBe(99);
  const [aside = ''] = readdirSync(folder).filter((name) => name.startsWith('settings.before-'));
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(before);
  const { after } = importedSettings(before, store.now);
  expect(after.closeTo).toBe('quit');
  expect(after.vm.cpus).toBe(1);
});

test('a file from before the window’s and the font’s settings loads', () => {
  writeFileSync(join(folder, 'settings.json'), fileOf({ closeTo: 'quit' }));
  const loaded = new SettingsStore(folder);
  expect(loaded.notice).toBeNull();
  expect(loaded.now).toMatchObject({ closeTo: 'quit', openWindow: true, monoFont: '', monoSize: 12 });
});
