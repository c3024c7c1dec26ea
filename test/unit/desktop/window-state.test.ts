import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWindowState } from '#desktop/window-state';

const screen = { x: 0, y: 0, width: 1600, height: 1000 };
const bounds = { x: 100, y: 50, width: 1200, height: 800 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-window-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keep = (content: string) => writeFileSync(join(folder, 'window.json'), content);

test('a window comes back where it was', () => {
  keep(JSON.stringify({ bounds, maximized: true }));
  expect(readWindowState(folder, [screen])).toEqual({ bounds, maximized: true });
});

test('but not out of sight, when its screen is gone', () => {
  keep(JSON.stringify({ bounds: { ...bounds, x: 1700 }, maximized: false }));
  expect(readWindowState(folder, [screen])).toBeNull();
  expect(readWindowState(folder, [screen, { ...screen, x: 1600 }])).not.toBeNull();
});

test.each(['', '{', '[]', '{"bounds":{"x":"1"}}'])('a file that holds %j counts as none', (content) => {
  keep(content);
  expect(readWindowState(folder, [screen])).toBeNull();
});

test('the first window has no place yet', () => {
  expect(readWindowState(folder, [screen])).toBeNull();
});
