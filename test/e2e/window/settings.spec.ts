import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingTable } from '../../../renderer/settings/table';
import { expectAccessible } from '../accessibility';
import { openInElectron, type Window } from '../app';
import { expect, test } from '../fixtures';

let window: Window;
let config: string;

test.beforeEach(async ({ home, engine }) => {
  config = mkdtempSync(join(tmpdir(), 'gantry-config-'));
  window = await openInElectron(home, engine.host, { HOME: config, XDG_CONFIG_HOME: config });
  await window.page.setViewportSize({ width: 960, height: 640 });
  await window.page.getByRole('button', { name: 'Settings' }).click();
});
test.afterEach(async () => {
  await window?.close();
  rmSync(config, { recursive: true, force: true });
});

const open = (section: string) =>
  window.page
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('link', { name: section, exact: true })
    .click();

test('settings are found, Gantry starts at login, settings are exported, imported and taken back', async ({
  home,
}, testInfo) => {
  const { page } = window;
  const kept = () => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).settings;

  await test.step('the start at login is what the system has', async () => {
    const entry = join(config, 'autostart', 'gantry.desktop');
    const toggle = page.getByRole('switch', { name: 'Start at login' });
    await expect(toggle).not.toBeChecked();
    await toggle.click({ force: true });
    await expect(toggle).toBeChecked();
    expect(readFileSync(entry, 'utf8')).toContain('"--hidden"');
    await toggle.click({ force: true });
    await expect(toggle).not.toBeChecked();
    expect(existsSync(entry)).toBe(false);
  });

  await test.step('the command comes into the terminal, and goes again', async () => {
    const toggle = page.getByRole('switch', { name: 'Commands in the terminal' });
    const link = join(config, '.local/bin/gantry');
    await toggle.click({ force: true });
    await expect(page.locator('[data-setting=tools]')).toContainText(`gantry: ${link}`, { timeout: 30_000 });
    expect(readlinkSync(link)).toBe(join(home, 'tools/gantry'));
    await expectAccessible(page, 'settings, general');
    await page.screenshot({ path: testInfo.outputPath('general.png') });
    await toggle.click({ force: true });
    await expect(toggle).not.toBeChecked();
    expect([link, join(home, 'tools')].filter((path) => existsSync(path))).toEqual([]);
  });

  await test.step('the search knows other words, and leads the keyboard to the setting', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.type('ram');
    const hits = page.getByRole('listbox', { name: 'Settings that were found' });
    await expect(hits.getByRole('option').first()).toContainText('Memory');
    await expectAccessible(page, 'settings, search');
    await page.screenshot({ path: testInfo.outputPath('search.png') });
    await page.keyboard.press('ArrowDown');
    await expect(hits.getByRole('option', { name: /^Give memory back/ })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Resources' })).toBeVisible();
    await expect(page.locator('[data-setting=memory]')).toHaveClass(/found/);
    await expect(page.getByRole('slider', { name: 'Memory' })).toBeFocused();
  });

  await test.step('every setting that can be found has its row', async () => {
    const rows = Object.entries(settingTable).map(([id, { section }]) => ({ id, section }));
    for (const section of new Set(rows.map((row) => row.section))) {
      await page.evaluate((to) => {
        location.hash = `#/settings/${to}`;
      }, section);
      for (const { id } of rows.filter((row) => row.section === section)) {
        await expect(page.locator(`[data-setting=${id}]`), id).toHaveCount(1);
      }
    }
  });

  const file = testInfo.outputPath('settings.json');
  await test.step('an export is written where the dialog says', async () => {
    // In the place of the system's dialog, which no test can press.
    await window.main.evaluate(({ session }, path) => {
      session.defaultSession.on('will-download', (_event, item) => item.setSavePath(path));
    }, file);
    await open('Advanced');
    await page.getByRole('button', { name: 'Export…' }).click();
    await expect.poll(() => existsSync(file)).toBe(true);
    await expectAccessible(page, 'settings, advanced');
    await page.screenshot({ path: testInfo.outputPath('advanced.png') });
  });

  await test.step('an import is seen first, changes what it names, and can be undone', async () => {
    await open('General');
    await page.getByText('Quits', { exact: true }).click();
    await expect.poll(() => kept().closeTo).toBe('quit');
    await open('Advanced');
    const choose = page.locator('[data-setting=importSettings] input[type=file]');
    await choose.setInputFiles(file);
    const dialog = page.getByRole('dialog', { name: 'Import settings' });
    await expect(dialog.getByRole('row', { name: /^Closing the window/ })).toContainText('Keeps the tray');
    await expectAccessible(page, 'settings, import');
    await page.screenshot({ path: testInfo.outputPath('import.png') });
    expect(kept().closeTo).toBe('quit');
    await dialog.getByRole('button', { name: 'Change 1 setting' }).click();
    await expect.poll(() => kept().closeTo).toBe('tray');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => kept().closeTo).toBe('quit');

    const broken = { name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{ no') };
    await choose.setInputFiles(broken);
    await expect(dialog.getByText('This is not a file of Gantry’s settings')).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    expect(kept().closeTo).toBe('quit');
  });

  await test.step('settings are forgotten after a question', async () => {
    await page.getByRole('button', { name: 'Forget settings…' }).click();
    await page.getByRole('button', { name: 'Forget settings', exact: true }).click();
    await expect.poll(() => kept().closeTo).toBe('tray');
  });

  await test.step('the font applies at once; one that is missing is said to be', async () => {
    await open('Appearance');
    const font = page.getByRole('textbox', { name: 'Font of terminals and logs' });
    await font.fill('No Such Font');
    await expect(page.getByText('This computer has no such font')).toBeVisible();
    await expectAccessible(page, 'settings, appearance');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: testInfo.outputPath('appearance-dark.png') });
    await open('General');
    await page.screenshot({ path: testInfo.outputPath('general-dark.png') });
  });
});
