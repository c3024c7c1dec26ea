import type { Page } from '@playwright/test';
import { fixtureImage } from '../harness/images';
import { startRegistry } from '../harness/registry';
import { expectAccessible } from './accessibility';
import { expect, test } from './fixtures';

const dialog = (page: Page) => page.getByRole('dialog');

/** By keyboard alone, from anywhere in the window. */
async function openRun(page: Page, image: string): Promise<void> {
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('combobox', { name: 'Image' })).toBeFocused();
  await page.keyboard.type(image);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: `Run ${image}` })).toBeVisible();
}

test('a run is proposed, repaired and started by keyboard, and Home shows it', async ({ page, engine }) => {
  await engine.cli(['create', '--name', 'hello', 'chatty']);
  try {
    await openRun(page, 'hello:latest');
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await expect(name).toBeFocused();
    await expect(name).toHaveValue('hello-2');
    await name.fill('hello');
    await expect(dialog(page)).toContainText('A container called hello exists already.');
    await expect(dialog(page)).toContainText('1 thing to fix');
    await expectAccessible(page, 'the Run dialog with a problem');
    // Confirming with a problem leads to its fix.
    await name.press('Control+Enter');
    await expect(page.getByRole('button', { name: 'Use hello-2' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(name).toHaveValue('hello-2');
    await expect(dialog(page)).not.toContainText('to fix');
    const port = await page.getByRole('textbox', { name: 'Port of this computer for 80' }).inputValue();
    await expect(dialog(page)).toContainText(`--publish 127.0.0.1:${port}:80`);
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText('hello-2 runs')).toBeVisible();
    await expect(page.getByRole('button', { name: `Open localhost:${port}` })).toBeVisible();
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('Hello from Gantry');
    await page.getByRole('link', { name: 'Home', exact: true }).click();
    const row = page.getByRole('row', { name: /hello-2/ });
    await expect(row).toContainText(`localhost:${port}`);
    await expect(page.getByRole('region', { name: 'Recent activity' })).toContainText('Started hello-2');
    await expectAccessible(page, 'Home');
    await row.getByRole('button', { name: 'Stop hello-2' }).click();
    await expect(row).toHaveCount(0);
  } finally {
    await engine.cli(['rm', '--force', 'hello', 'hello-2']);
  }
});

test('a start that fails says why in the dialog, keeps what was entered, and leaves nothing', async ({
  page,
  engine,
}) => {
  await openRun(page, 'hello:latest');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('broken');
  await page.getByRole('button', { name: 'Add a volume' }).click();
  await page.getByRole('combobox', { name: 'Volume for a folder' }).fill('broken-data');
  await page.getByRole('textbox', { name: 'Place inside the container for broken-data' }).fill('/data');
  await page.getByRole('button', { name: 'Advanced' }).click();
  await page.getByRole('textbox', { name: 'Command', exact: true }).fill('no-such-program "two words"');
  await page.keyboard.press('Control+Enter');
  const problem = page.getByRole('alert', { name: /no-such-program is not in the image/ });
  await expect(problem).toBeVisible();
  expect(await engine.cli(['ps', '--all', '--quiet', '--filter', 'name=broken'])).toBe('');
  expect(await engine.cli(['volume', 'ls', '--quiet', '--filter', 'name=broken'])).toBe('');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('broken');
  await problem.getByRole('button', { name: 'Use the image’s own command' }).click();
  // It runs again by that; whoever presses Run all the same starts no second one.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('broken runs')).toBeVisible();
  await engine.cli(['rm', '--force', 'broken']);
  await engine.cli(['volume', 'rm', 'broken-data']);
});

test('a pasted docker run line fills the form, and what it cannot hold is named', async ({ page }) => {
  await page.keyboard.press('Control+n');
  await page.getByRole('button', { name: 'Paste a docker run line' }).click();
  await page
    .getByRole('textbox', { name: 'A docker run line' })
    .fill('docker run -d --gpus all --name pasted -p 8080:80 -e API_TOKEN=abc --memory 64m hello:latest');
  await page.getByRole('button', { name: 'Fill the form' }).click();
  const form = dialog(page);
  await expect(form).toContainText('Left out, because there is no field for it: --gpus all');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('pasted');
  await expect(form).toContainText(
    'Everyone who can reach this computer over the network can use port 8080.',
  );
  await page.getByRole('button', { name: 'Only this computer' }).click();
  // The button is gone with what it was about, and the keyboard stays in the form.
  await expect(form.getByLabel(/^Port of this computer/)).toBeFocused();
  await expect(form).toContainText('127.0.0.1:8080:80');
  await expect(form).toContainText('--env API_TOKEN=••••••••');
  await expect(form).toContainText('--memory 64m');
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();
});

test('a run that has to download its image goes on in the background', async ({ page, engine }) => {
  // Slow enough that there is a background to go on in.
  const registry = await startRegistry({ bytesPerSecond: 3 * 1024 * 1024 });
  try {
    await registry.push(await fixtureImage('bigpull'), 'team/bigpull', 'latest');
    const image = `${registry.host}/team/bigpull:latest`;
    await openRun(page, image);
    await expect(dialog(page)).toContainText('Will be downloaded first');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Continue in background' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText('bigpull runs')).toBeVisible({ timeout: 60_000 });
    await engine.cli(['rm', '--force', 'bigpull']);
    await engine.cli(['rmi', image]);
  } finally {
    await registry.stop();
  }
});
