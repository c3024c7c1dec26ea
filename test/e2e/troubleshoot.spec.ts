import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expectAccessible } from './accessibility';
import { expect, test } from './fixtures';

test('a fault is found, repaired by its button, and the report is seen before it is saved', async ({
  page,
  home,
}, testInfo) => {
  // What a killed program leaves behind.
  const socket = join(home, 'run', 'fs-1.sock');
  mkdirSync(join(home, 'run'), { recursive: true });
  writeFileSync(socket, '');
  writeFileSync(join(home, 'logs', 'gantry.log'), '{"level":40,"time":1,"msg":"token=hunter2"}\n', {
    flag: 'a',
  });

  await test.step('the palette leads there', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('troubleshoot');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Troubleshoot' })).toBeVisible();
    await expect(page.getByText(/checked just now/)).toBeVisible();
  });

  const wrong = page.getByRole('list', { name: 'Things to fix' });
  await test.step('what is wrong comes first, and its button repairs it', async () => {
    const row = wrong.getByRole('listitem').filter({ hasText: 'A file was left behind' });
    await expect(row).toBeVisible();
    await expect(page.getByText('Docker Engine answers')).toBeVisible();
    await expectAccessible(page, 'Troubleshoot');
    await page.screenshot({ path: testInfo.outputPath('troubleshoot.png') });
    await row.getByRole('button', { name: 'Remove it' }).click();
    await expect(row).toHaveCount(0);
    await expect(page.getByText('Old sockets')).toBeVisible();
    expect(existsSync(socket)).toBe(false);
  });

  await test.step('the logs are shown and filtered', async () => {
    await page.getByRole('button', { name: /^Logs/ }).click();
    const lines = page.getByRole('region', { name: /Log lines/ });
    await expect(lines).toContainText('Gantry starts');
    await page.getByRole('searchbox', { name: 'Filter lines' }).fill('gantry starts');
    await expect(lines).not.toContainText('hunter2');
    await page.getByRole('button', { name: /^Logs/ }).click();
  });

  await test.step('the report shows its files without the secret, and is saved as it was shown', async () => {
    await page.getByRole('button', { name: 'Preview the report' }).click();
    const dialog = page.getByRole('dialog', { name: 'This is the whole report' });
    await expect(dialog).toBeVisible();
    const text = dialog.getByRole('region', { name: 'Text of the report' });
    for (const name of ['versions.txt', 'checks.txt', 'settings.json', 'gantry.log']) {
      await expect(text.getByRole('heading', { name })).toBeVisible();
    }
    await expect(text).not.toContainText('hunter2');
    await expect(text).toContainText('password');
    await dialog.getByText('Gantry’s settings', { exact: true }).click();
    await expect(text.getByRole('heading', { name: 'settings.json' })).toHaveCount(0);
    await page.setViewportSize({ width: 960, height: 640 });
    await expectAccessible(page, 'The report');
    await page.screenshot({ path: testInfo.outputPath('report-small.png') });

    const folder = dialog.getByRole('textbox', { name: 'Save in this folder' });
    await folder.fill('/nowhere/at/all');
    await dialog.getByRole('button', { name: 'Save report' }).click();
    await expect(dialog.getByText('There is no such folder', { exact: false })).toBeVisible();
    await folder.fill(home);
    await dialog.getByRole('button', { name: 'Save report' }).click();
    await expect(dialog).toHaveCount(0);
    const [archive = ''] = readdirSync(home).filter((name) => name.startsWith('gantry-report-'));
    const saved = gunzipSync(await readFile(join(home, archive))).toString();
    expect(saved).toContain('checks.txt');
    expect(saved).not.toContain('settings.json');
    expect(saved).not.toContain('hunter2');
  });

  await test.step('at the smallest size all of it can be reached, the reset last', async () => {
    await page.getByRole('button', { name: 'Forget settings…' }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: testInfo.outputPath('troubleshoot-small.png') });
    await expectAccessible(page, 'Troubleshoot, small');
  });
});
