import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SettingsStore } from '#backend/settings';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was changed is there after a restart, readable by nobody else', async () => {
  await new SettingsStore(folder).change({ engineHost: 'unix:///x.sock' });
  expect(new SettingsStore(folder).now.engineHost).toBe('unix:///x.sock');
  expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
});

test('the last of several changes stays, and no temporary file does', async () => {
  const store = new SettingsStore(folder);
  await Promise.all(['a', 'b', 'c'].map((host) => store.change({ engineHost: `unix:///${host}` })));
  expect(new SettingsStore(folder).now.engineHost).toBe('unix:///c');
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test.each([
  ['no JSON', '{'],
  ['the wrong type', JSON.stringify({ version: 1, settings: { letterShortcuts: 'yes' } })],
  ['a newer version', JSON.stringify({ version: 99, settings: {} })],
])('a file with %s is kept aside, and defaults load with a notice', (_, content) => {
  writeFileSync(join(folder, 'settings.json'), content);
  const store = new SettingsStore(folder);
  expect(store.now.letterShortcuts).toBe(true);
  const [aside] = readdirSync(folder);
  expect(aside).toMatch(/^settings\.broken-\d+\.json$/);
  expect(readFileSync(join(folder, aside ?? ''), 'utf8')).toBe(content);
  expect(store.notice).toContain(aside);
});

test('a setting that an older file does not have gets its default', () => {
  writeFileSync(
    join(folder, 'settings.json'),
    JSON.stringify({ version: 1, settings: { hiddenSources: ['quay'] } }),
  );
  const store = new SettingsStore(folder);
  expect(store.now).toMatchObject({ hiddenSources: ['quay'], letterShortcuts: true });
  expect(store.notice).toBeNull();
});

test('only where there is no file yet is anybody a newcomer', async () => {
  const first = new SettingsStore(folder);
  expect(first.now.onboarding).toBe('welcome');
  await first.change({ onboarding: 'engine' });
  expect(new SettingsStore(folder).now.onboarding).toBe('engine');
  writeFileSync(join(folder, 'settings.json'), '{');
  expect(new SettingsStore(folder).now.onboarding).toBe('done');
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, settings: {} }));
  expect(new SettingsStore(folder).now.onboarding).toBe('done');
});

test('explanations that were dismissed stay away, also after the settings were forgotten', async () => {
  await new SettingsStore(folder).change({ dismissedTerms: ['image'], letterShortcuts: false });
  const store = new SettingsStore(folder);
  await store.forget();
  expect(store.now).toMatchObject({ dismissedTerms: ['image'], letterShortcuts: true });
});
