import { mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSettings } from '../../harness/app';
import { smallDisk, whyNoSmallDisk } from '../../harness/small-disk';
import { expectAccessible } from '../accessibility';
import { openInElectron } from '../app';
import { expect, test } from '../fixtures';

test('Gantry opens on a full and on a read-only disk, says so, and goes on by the button', async ({
  engine,
}, testInfo) => {
  const why = whyNoSmallDisk();
  test.skip(why !== undefined, why ?? '');
  const disk = await smallDisk();
  const home = join(disk.folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  writeSettings(home);
  const settings = () => readFileSync(join(home, 'settings.json'), 'utf8');
  const before = settings();
  // Chromium's files, which find no place in the home.
  const elsewhere = { TMPDIR: await mkdtemp(join(tmpdir(), 'gantry-test-tmp-')) };
  try {
    await test.step('full', async () => {
      await disk.fill();
      await using window = await openInElectron(home, engine.host, elsewhere);
      const { page } = window;
      await expect(page.getByText('The disk of Gantry’s folder is full')).toBeVisible();
      await expectAccessible(page, 'A full disk');
      await page.screenshot({ path: testInfo.outputPath('full.png') });
      await page.getByRole('link', { name: 'Containers', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Containers', exact: true })).toBeVisible();
      await disk.empty();
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByText('The disk of Gantry’s folder is full')).toHaveCount(0);
    });
    expect(settings()).toBe(before);

    await test.step('read-only', async () => {
      await disk.lock();
      await using window = await openInElectron(home, engine.host, elsewhere);
      const { page } = window;
      await expect(page.getByText('Gantry’s folder is read-only')).toBeVisible();
      await page.getByRole('button', { name: 'Open Troubleshoot' }).click();
      const row = page
        .getByRole('list', { name: 'Things to fix' })
        .getByRole('listitem')
        .filter({ hasText: 'Gantry’s folder is read-only' });
      await expect(row).toBeVisible();
      await expect(page.getByText(/checked just now/)).toBeVisible();
      await page.screenshot({ path: testInfo.outputPath('read-only.png') });
      await disk.unlock();
      await row.getByRole('button', { name: 'Try again' }).click();
      await expect(row).toHaveCount(0);
    });
    expect(settings()).toBe(before);
  } finally {
    await disk.remove();
    await rm(elsewhere.TMPDIR, { recursive: true, force: true });
  }
});
