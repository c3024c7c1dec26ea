import { randomBytes } from 'node:crypto';
import { fixtureImage } from '../harness/images';
import { startRegistry } from '../harness/registry';
import { expectAccessible } from './accessibility';
import { expect, test } from './fixtures';

const unique = (name: string) => `${name}-${randomBytes(3).toString('hex')}`;

test('a network is made, joined, left and deleted by keyboard, and comes back with Undo', async ({
  page,
  engine,
}) => {
  const [network, guest] = [unique('net'), unique('guest')];
  await engine.cli(['run', '-d', '--name', guest, 'hello']);
  await page.getByRole('link', { name: 'Networks', exact: true }).click();
  const list = page.getByRole('grid', { name: 'Networks' });
  await expect(list.getByText('bridge', { exact: true }).first()).toBeVisible();
  await expectAccessible(page, 'Networks');

  await page.getByRole('button', { name: 'Create a network' }).click();
  await page.keyboard.type(network);
  await page.getByRole('textbox', { name: 'Addresses' }).fill('10.1.2.0/99');
  await page.keyboard.press('Control+Enter');
  await expectAccessible(page, 'Create a network');
  await page.getByRole('button', { name: 'Let the engine choose' }).click();
  await page.keyboard.press('Control+Enter');
  const panel = page.getByRole('complementary', { name: network });
  await expect(panel.getByText('Nothing is connected')).toBeVisible();

  await panel.getByRole('button', { name: 'Connect a container…' }).click();
  await page.keyboard.type(guest.slice(0, -2));
  await expect(page.getByRole('option', { name: guest })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(panel.getByRole('link', { name: guest })).toBeVisible();
  await expectAccessible(page, 'A network');
  expect(await engine.cli(['network', 'inspect', '--format', '{{len .Containers}}', network])).toBe('1');

  await list.focus();
  await list.getByText(network).click();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Disconnect 1 and delete' }).click();
  await expect(list.getByText(network)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByText(network)).toBeVisible();

  await list.getByText(network).click();
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(list.getByText(network)).toHaveCount(0);
  const names = () => engine.cli(['network', 'ls', '--format', '{{.Name}}']);
  await expect.poll(names, { timeout: 60_000 }).not.toContain(network);

  await list.getByText('host', { exact: true }).first().click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await engine.cli(['rm', '-f', guest]);
});

test('a volume is made, shows who mounts it, is kept while it is used and deleted after that', async ({
  page,
  engine,
}) => {
  const [volume, holder] = [unique('data'), unique('holder')];
  await page.getByRole('link', { name: 'Volumes', exact: true }).click();
  await page.getByRole('button', { name: 'Create a volume' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill(volume);
  await page.keyboard.press('Control+Enter');
  const list = page.getByRole('grid', { name: 'Volumes' });
  await expect(list.getByText(volume)).toBeVisible();
  await engine.cli(['create', '--name', holder, '-v', `${volume}:/data`, 'hello']);
  await expect(list.getByText(holder)).toBeVisible();
  await list.getByText(volume).click();
  await expect(
    page.getByRole('complementary', { name: volume }).getByText('/data', { exact: true }),
  ).toBeVisible();
  await expectAccessible(page, 'Volumes');

  await page.keyboard.press('Delete');
  await expect(page.getByRole('dialog').or(page.getByRole('alertdialog')).getByText(holder)).toBeVisible();
  await page.keyboard.press('Escape');
  await engine.cli(['rm', holder]);
  await expect(list.getByText(holder)).toHaveCount(0);
  await list.getByText(volume).click();
  await page.keyboard.press('Delete');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(list.getByText(volume)).toHaveCount(0);
  const names = () => engine.cli(['volume', 'ls', '--quiet']);
  await expect.poll(names, { timeout: 60_000 }).not.toContain(volume);
});

test('a pull shows its layers and is cancelled; an image is tagged, untagged and deleted', async ({
  page,
  engine,
}) => {
  await using slow = await startRegistry({ bytesPerSecond: 200_000 });
  await slow.push(await fixtureImage('bigpull'), 'team/slow', '1');
  const reference = `${slow.host}/team/slow:1`;
  await page.getByRole('link', { name: 'Images', exact: true }).click();
  await page.getByRole('button', { name: 'Pull an image' }).first().click();
  await page.keyboard.type(reference);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: /^Tasks/ }).click();
  const tasks = page.getByRole('dialog', { name: /Tasks/ });
  await expect(tasks.getByText(`Pulling ${reference}`)).toBeVisible();
  await expect(tasks.getByText(/of 7 layers/)).toBeVisible();
  await expectAccessible(page, 'Tasks');
  await tasks.getByRole('button', { name: `Cancel Pull ${reference}` }).click();
  await expect(tasks.getByText(`Pull of ${reference} cancelled`)).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await engine.cli(['images', '--quiet', reference])).toBe('');

  const tag = unique('shop/web');
  const list = page.getByRole('grid', { name: 'Images' });
  await list.getByText('chatty').click();
  await expect(page.getByRole('heading', { name: 'chatty:latest' })).toBeVisible();
  await expect(page.getByRole('row', { name: /ADD busybox\.tar/ })).toBeVisible();
  await expectAccessible(page, 'Layers');
  await page.getByRole('button', { name: 'More actions for chatty:latest' }).click();
  await page.getByRole('menuitem', { name: 'Tag…', exact: true }).click();
  await page.keyboard.type(`${tag}:2`);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => engine.cli(['images', '--format', '{{.Repository}}:{{.Tag}}'])).toContain(tag);
  await page.getByRole('button', { name: /^More actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Untag…' }).click();
  await page.getByRole('button', { name: /^chatty:latest/ }).click();
  await page.getByRole('option', { name: `${tag}:2` }).click();
  // The keyboard comes back to the dialog once the list has closed.
  await expect(page.getByRole('button', { name: new RegExp(`^${tag}:2`) })).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => engine.cli(['images', '--format', '{{.Repository}}:{{.Tag}}'])).not.toContain(tag);

  await page.getByRole('link', { name: 'Images', exact: true }).first().click();
  await list.getByText('failing').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(list.getByText('failing')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByText('failing')).toBeVisible();
  expect(await engine.cli(['images', '--quiet', 'failing'])).not.toBe('');
});
