import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';
import { openSection } from '../settings';

// What is found before anything leaves this computer: a test must not ask Docker Hub.
test('a proxy is tried as it stands in the form', async ({ page }) => {
  await openSection(page, 'Network');
  await page.getByRole('radiogroup', { name: 'Proxy' }).getByText('By hand').click();
  const field = page.getByRole('textbox', { name: 'HTTPS', exact: true });
  await field.fill('http://me:hush@127.0.0.1:3128');
  const button = page.getByRole('button', { name: 'Test', exact: true });
  await button.click();
  const virtual = page.getByRole('alert', { name: /would look for the proxy in its own virtual machine/ });
  await expect(virtual).toBeVisible();
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText(
    'http://127.0.0.1:3128, with a sign-in',
  );
  await expectAccessible(page, 'Network, a proxy that was tried');

  await virtual.getByRole('button', { name: 'Use host.docker.internal' }).click();
  await expect(field).toHaveValue('http://me:hush@host.docker.internal:3128');
  await expect(virtual).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert', { name: 'The engine may not reach this computer' })).toBeVisible();
});

test('the configuration of an engine that is not Gantry’s own is shown', async ({ page }) => {
  await openSection(page, 'Engine');
  const said = page.getByLabel('Settings of the engine');
  await expect(said.getByText('storage-driver')).toBeVisible();
  await expect(said.getByText('off: containers stop with the engine')).toBeVisible();
  const file = page.getByRole('textbox', { name: 'daemon.json' });
  await expect(file).toHaveValue('{}\n');
  await expect(file).not.toBeEditable();
  await expectAccessible(page, 'Engine, not Gantry’s own');
});
