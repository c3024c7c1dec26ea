import { expect, test } from 'vitest';
import { rowNamed, valueWords } from '../../../../renderer/settings/advanced/words';
import { searchSettings } from '../../../../renderer/settings/search';
import { settingTable } from '../../../../renderer/settings/table';

test.each([
  ['memory', 'memory'],
  ['ram', 'memory'],
  ['RAM', 'memory'],
  ['cpu', 'cpus'],
  ['dark', 'theme'],
  ['autostart', 'loginItem'],
  ['ssl', 'certificates'],
  ['host.docker.internal', 'hostAccess'],
  ['voice', 'letterShortcuts'],
  ['telemetry', 'privacyElse'],
  ['import', 'importSettings'],
  ['buildx', 'tools'],
])('%s finds its setting first', (text, id) => {
  expect(searchSettings(text, true)[0]).toBe(id);
});

test('every word must be found, and nothing finds nothing', () => {
  expect(searchSettings('full disk', true)[0]).toBe('diskFull');
  expect(searchSettings('memory unicorn', true)).toEqual([]);
  expect(searchSettings('  ', true)).toEqual([]);
  // “program” has these letters, too.
  expect(searchSettings('ram', true)).not.toContain('hostAccess');
});

test('a browser is not led to what only the window has', () => {
  expect(searchSettings('autostart', false)).toEqual([]);
});

test('every setting is found by its own title', () => {
  for (const [id, { title }] of Object.entries(settingTable))
    expect(searchSettings(title, true)).toContain(id);
});

test('what an import changes is said in words', () => {
  expect(rowNamed('vm.memoryMiB')).toEqual({ title: 'Memory', setting: 'memory' });
  expect(valueWords('vm.memoryMiB', 4096)).toBe('4 GB');
  expect(valueWords('closeTo', 'quit')).toBe('Quits');
  expect(valueWords('vm.idleMinutes', null)).toBe('Off');
  expect(valueWords('vm.folders', [{ path: '/srv', writable: false }])).toBe('/srv (read only)');
  expect(valueWords('vm.proxy', { mode: 'system', http: '', https: '', except: '' })).toBe(
    'As this computer',
  );
  expect(valueWords('hiddenSources', [])).toBe('None');
});
