import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { expect, test } from './fixtures';
import { openSection } from './settings';

/** What is on disk of the VM's settings; undefined before the first change. */
function kept(home: string) {
  const file = join(home, 'settings.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).settings.vm : undefined;
}
const apply = (page: Page) => page.getByRole('button', { name: 'Apply', exact: true });

// The VM's settings need no VM: they are kept, and count from its next start.
test('an amount is chosen by keyboard, discarded, and applied from the next start', async ({
  page,
  home,
}) => {
  await openSection(page, 'Resources');
  const memory = page.getByRole('slider', { name: 'Memory' });
  const before = Number(await memory.inputValue());
  await memory.focus();
  await page.keyboard.press('ArrowRight');
  const figure = page.getByRole('textbox', { name: 'Memory, figure' });
  await expect(figure).toHaveValue(String(before + 1));
  await expect(page.getByText(`The engine uses ${before + 1} GB from its next start.`)).toBeVisible();
  await expectAccessible(page, 'Resources, changed');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(figure).toHaveValue(String(before));
  await expect(apply(page)).toHaveCount(0);

  await figure.fill(String(before + 1));
  await figure.press('Enter');
  await apply(page).click();
  await expect(apply(page)).toHaveCount(0);
  expect(kept(home).memoryMiB).toBe((before + 1) * 1024);
});

test('changes of several sections wait for one Apply; switches apply at once', async ({ page, home }) => {
  await openSection(page, 'File sharing');
  const folder = page.getByRole('textbox', { name: 'Another folder' });
  await folder.fill('data');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByText('Type the full path')).toBeVisible();
  await folder.fill('/srv/data');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page
    .getByRole('radiogroup', { name: 'What containers may do in /srv/data' })
    .getByText('Read only')
    .click();

  await openSection(page, 'Network');
  const proxy = page.getByRole('radiogroup', { name: 'Proxy' });
  await proxy.getByText('By hand').click();
  await page.getByRole('textbox', { name: 'HTTP', exact: true }).fill('proxy.example');
  await expect(page.getByRole('button', { name: '1 thing to fix' })).toBeVisible();
  await page.getByRole('textbox', { name: 'HTTP', exact: true }).fill('http://proxy.example:3128');
  await expect(page.getByText('The engine uses the shared folders and the proxy')).toBeVisible();
  await page.getByRole('radio', { name: 'The whole network' }).click({ force: true });
  await expect.poll(() => kept(home)?.portsOn).toBe('network');
  expect(kept(home).proxy.mode).toBe('system');

  await apply(page).click();
  await expect(apply(page)).toHaveCount(0);
  expect(kept(home)).toMatchObject({
    portsOn: 'network',
    proxy: { mode: 'manual', http: 'http://proxy.example:3128' },
  });
  expect(kept(home).folders).toContainEqual({ path: '/srv/data', writable: false });
});

test('the engines of this computer are listed with the one in use', async ({ page, engine }) => {
  await page.getByRole('button', { name: /^Engine: / }).click();
  const engines = page.getByRole('dialog', { name: 'Engines' });
  await expect(engines.getByRole('button', { name: 'Gantry’s VM' })).toBeVisible();
  const inUse = engines.locator('button[aria-current]');
  await expect(inUse).toHaveCount(1);
  await expect(inUse).toContainText(engine.host);
  await engines.getByRole('button', { name: 'Engine settings' }).click();
  await expect(page.getByRole('heading', { name: 'Engine', exact: true })).toBeVisible();
});
