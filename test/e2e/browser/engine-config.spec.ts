import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSettings } from '../../harness/app';
import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

test.describe('daemon.json', () => {
  const before = process.env.GANTRY_GUEST;
  test.beforeEach(({ home }) => {
    writeSettings(home, { engineChoice: 'vm' });
    // A folder without an image: the VM stays off, on any computer.
    process.env.GANTRY_GUEST = join(home, 'no-image');
  });
  test.afterEach(() => {
    if (before === undefined) delete process.env.GANTRY_GUEST;
    else process.env.GANTRY_GUEST = before;
  });

  test('is checked while it is typed, corrected by a click, and kept for the next start', async ({
    openApp,
    home,
  }) => {
    const { page } = await openApp();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page
      .getByRole('navigation', { name: 'Settings' })
      .getByRole('link', { name: 'Engine', exact: true })
      .click();
    const field = page.getByRole('textbox', { name: 'daemon.json' });
    const said = page.getByRole('list', { name: 'What Gantry says of it' });
    await field.fill(
      '{\n  "hosts": ["tcp://0.0.0.0:2375"],\n  "insecure-registries": "registry.lan:5000"\n}',
    );
    await expect(said.getByText('hosts belongs to Gantry')).toBeVisible();
    await expect(page.getByRole('button', { name: '2 things to fix' })).toBeVisible();
    await expectAccessible(page, 'daemon.json with mistakes');
    await said.getByRole('button', { name: 'Line 3, column 26' }).click();
    await expect(field).toBeFocused();
    await expect(page.getByText('Registries the engine may talk to')).toBeVisible();

    await said.getByRole('button', { name: 'Put it in [ ]' }).click();
    await said.getByRole('button', { name: 'Take it out' }).click();
    await expect(said.getByRole('listitem')).toHaveCount(0);
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Changes of daemon.json' })).toHaveCount(0);
    const { engineConfig } = JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).settings.vm;
    expect(JSON.parse(engineConfig)).toEqual({ 'insecure-registries': ['registry.lan:5000'] });
  });
});
