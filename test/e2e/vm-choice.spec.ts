import { join } from 'node:path';
import { expectAccessible } from './accessibility';
import { openWith } from './app';
import { expect, test } from './fixtures';

test('a VM that cannot be started says why once, and the way back is one click', async ({
  shell,
  home,
  engine,
}) => {
  const before = process.env.GANTRY_GUEST;
  // A folder without an image: the VM fails at its first step, on any computer.
  process.env.GANTRY_GUEST = join(home, 'no-image');
  try {
    await using app = await openWith(shell, home, engine.host);
    const { page } = app;
    const panel = page.getByRole('button', { name: /^Engine: / });
    const engines = page.getByRole('dialog', { name: 'Engines' });
    await expect(page.getByRole('heading', { name: 'The engine is healthy' })).toBeVisible();
    await panel.click();
    await engines.getByRole('button', { name: 'Gantry’s VM' }).click();
    await expect(engines).toHaveCount(0);

    const main = page.getByRole('main');
    await expect(main.getByRole('alert')).toContainText('There is no image for the virtual machine');
    await expect(main.getByRole('button', { name: 'Start again' })).toBeVisible();
    await expect(panel).toHaveAccessibleName('Engine: VM does not run');
    await expectAccessible(page, 'A failed start of the VM');
    await expect(page.locator('.toast')).toHaveCount(0);

    await panel.click();
    await engines.getByRole('button', { name: engine.host }).click();
    await expect(page.getByRole('heading', { name: 'The engine is healthy' })).toBeVisible();
  } finally {
    if (before === undefined) delete process.env.GANTRY_GUEST;
    else process.env.GANTRY_GUEST = before;
  }
});
