import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';

test('settings that cannot be read are set aside, and the user is told', async ({ home, openApp }) => {
  writeFileSync(join(home, 'settings.json'), '{ broken');
  const { page } = await openApp();
  await expect(page.getByText(/The settings file could not be read/)).toBeVisible();
  const kept = readdirSync(home).filter((name) => name.includes('.broken-'));
  expect(kept.map((name) => readFileSync(join(home, name), 'utf8'))).toEqual(['{ broken']);
  await page.getByRole('button', { name: 'Open settings' }).click();
  await expect(page.getByRole('navigation', { name: 'Settings' })).toBeVisible();
});
