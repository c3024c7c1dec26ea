import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ARCH } from '../harness/vm';
import { expectAccessible } from './accessibility';
import { openWithout } from './app';
import { expect, test } from './fixtures';
import { fetchText } from './main-job';

test.use({ newcomer: true });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const kept = (home: string) =>
  JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).settings.onboarding;

test('a newcomer gets from the welcome to a container that answers, on an engine that is there', async ({
  openApp,
  engine,
  home,
}, testInfo) => {
  const image = `out/guest/${ARCH}/welcome.tar`;
  testInfo.skip(!existsSync(image), `${image} is missing: \`npm run guest:build\` makes it`);
  const { page } = await openApp();
  await expect(page.getByRole('heading', { name: 'Run Linux software in tidy boxes.' })).toBeVisible();
  await expectAccessible(page, 'Welcome');
  await button(page, 'Set up Gantry').click();

  await expect(page.getByRole('radio', { name: /It is here already/ })).toBeChecked();
  await expectAccessible(page, 'The choice of the engine');
  await page.getByRole('radio', { name: /Gantry’s own engine/ }).press('Space');
  await button(page, 'Change').click();
  await expectAccessible(page, 'What the engine may use');
  await page.getByRole('radio', { name: /It is here already/ }).press('Space');
  await button(page, 'Continue').click();

  await expect(page.getByRole('heading', { name: 'Run your first container' })).toBeVisible();
  await expectAccessible(page, 'The choice of the first image');
  await page.getByRole('radio', { name: /gantry\/welcome/ }).press('Space');
  await button(page, 'Run it').click();
  const open = button(page, /Open localhost:\d+/);
  await expect(open).toBeVisible();
  await expectAccessible(page, 'The first container');
  const [, port] = /:(\d+)/.exec((await open.textContent()) ?? '') ?? [];
  await expect.poll(() => fetchText(`http://localhost:${port}`)).toContain('Gantry');

  await button(page, /Read what it says/).click();
  await expect(page.getByRole('heading', { name: 'welcome', exact: true })).toBeVisible();
  await expect.poll(() => kept(home)).toBe('done');
  await engine.cli(['rm', '--force', 'welcome']);
});

test('the first steps are resumed after a restart, skipped, and shown again when asked for', async ({
  openApp,
}) => {
  const first = await openApp();
  await button(first.page, 'Set up Gantry').click();
  await button(first.page, 'Continue').click();
  await expect(first.page.getByRole('heading', { name: 'Run your first container' })).toBeVisible();
  await first.close();

  const { page } = await openApp();
  await expect(page.getByRole('heading', { name: 'Run your first container' })).toBeVisible();
  await button(page, 'Skip this').click();
  await expect(button(page, /^Engine: /)).toBeVisible();

  await button(page, 'Settings').click();
  await page.getByRole('link', { name: 'General', exact: true }).click();
  await button(page, 'Show it again').click();
  await expect(page.getByRole('heading', { name: 'Run Linux software in tidy boxes.' })).toBeVisible();
  await button(page, 'Skip the introduction').click();
  await expect(page.getByRole('heading', { name: 'General' })).toBeVisible();
});

test('a VM that cannot run says why, and the way on stays open', async ({ shell, home }) => {
  const { GANTRY_GUEST, GANTRY_QEMU } = process.env;
  const qemu = join(home, 'qemu');
  Object.assign(process.env, { GANTRY_GUEST: join(home, 'no-image'), GANTRY_QEMU: qemu });
  try {
    await using app = await openWithout(shell, home);
    const { page } = app;
    await button(page, 'Set up Gantry').click();
    await page.getByRole('radio', { name: /Gantry’s own engine/ }).press('Space');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('QEMU is not installed');
    await expect(page.getByRole('region', { name: 'This computer' })).toContainText('QEMU is not installed');
    writeFileSync(qemu, '#!/bin/sh\necho QEMU emulator version 9.2.1\n', { mode: 0o755 });
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toContainText(/image/i);
    await expect(button(page, 'Start the engine')).toHaveAttribute('aria-disabled', 'true');
    await expectAccessible(page, 'A VM that cannot run');
    await button(page, 'Skip the introduction').click();
    await expect(button(page, /^Engine: /)).toBeVisible();
  } finally {
    for (const [name, value] of Object.entries({ GANTRY_GUEST, GANTRY_QEMU })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});
