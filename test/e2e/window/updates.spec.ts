import { readFileSync, writeFileSync } from 'node:fs';
import { serveUpdates } from '../../harness/update-feed';
import { expectAccessible } from '../accessibility';
import { openInElectron } from '../app';
import { expect, test } from '../fixtures';

test('the settings show a newer version, and refuse a list that was changed', async ({
  home,
  engine,
}, info) => {
  await using feed = await serveUpdates();
  const path = feed.publish('9.9.9');
  await using window = await openInElectron(home, engine.host, { GANTRY_UPDATES_FROM: feed.app });
  const { page } = window;
  await expect(page.getByRole('button', { name: /^Engine: / })).toContainText(/Engine \d/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('check for updates');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Gantry 9.9.9' })).toBeVisible();
  await expect(page.getByText('What is new in 9.9.9')).toBeVisible();
  // Chromium asks, and says no more than Node does.
  expect(feed.asked.map(({ agent }) => agent)).toEqual(['Gantry', 'Gantry']);
  await expectAccessible(page, 'Updates');
  await page.screenshot({ path: info.outputPath('available.png') });
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Restart to update' })).toBeVisible();
  writeFileSync(path, readFileSync(path, 'utf8').replace('9.9.9', '9.9.10'));
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect(page.getByRole('alert')).toContainText('not from Gantry’s makers');
  await page.screenshot({ path: info.outputPath('forged.png') });
});
