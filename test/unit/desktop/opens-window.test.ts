import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { opensWindow } from '#desktop/opens-window';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-opens-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const settings = (content: unknown) =>
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, settings: content }));

test('a start opens the window unless the settings say otherwise', () => {
  settings({ openWindow: true });
  expect(opensWindow(folder)).toBe(true);
  settings({ openWindow: false, closeTo: 'tray' });
  expect(opensWindow(folder)).toBe(false);
});

test('whoever has no such setting, or settings that cannot be read, sees the window', () => {
  expect(opensWindow(folder)).toBe(true);
  settings({ closeTo: 'tray' });
  expect(opensWindow(folder)).toBe(true);
  settings({ openWindow: 'no' });
  expect(opensWindow(folder)).toBe(true);
  writeFileSync(join(folder, 'settings.json'), '{"version": 1, "settings": {"openWindow": fal');
  expect(opensWindow(folder)).toBe(true);
});
