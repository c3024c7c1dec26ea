import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from '../fixtures';

test('a taken port gives way to the next by one click, in the Run dialog and after a failed start', async ({
  page,
  engine,
}) => {
  await engine.cli(['create', '--name', 'blocked', '--publish', '127.0.0.1:48300:80', 'hello']);
  const taken = createServer().listen(48300, '127.0.0.1');
  await once(taken, 'listening');
  try {
    await page.getByRole('link', { name: 'Containers', exact: true }).click();
    await page
      .getByRole('row', { name: /blocked/ })
      .getByRole('button', { name: 'Start blocked' })
      .click();
    await page.getByRole('button', { name: 'Use port 48301 instead' }).click();
    await expect(page.getByText('blocked runs, in the place of')).toBeVisible();
    expect(await (await fetch('http://127.0.0.1:48301/')).text()).toContain('Hello from Gantry');

    await page.keyboard.press('Control+n');
    await page.getByRole('combobox', { name: 'Image' }).fill('hello:latest');
    await page.keyboard.press('Control+Enter');
    const port = page.getByRole('textbox', { name: 'Port of this computer for 80' });
    await port.fill('48300');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('from-dialog');
    await page.getByRole('button', { name: 'Use port 48302 instead' }).click();
    await expect(port).toHaveValue('48302');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('from-dialog runs')).toBeVisible();
  } finally {
    taken.close();
    await engine.cli(['rm', '--force', 'blocked', 'blocked-old', 'from-dialog']);
  }
});
