import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

const said = 'Error: Database is uninitialized and superuser password is not specified.';
// Says what PostgreSQL's image says, and ends, unless it has a password.
const database = `[ -n "$POSTGRES_PASSWORD" ] || { echo "${said}" >&2; exit 1; }; trap 'exit 0' TERM; sleep 1000 & wait`;

test('a database that wants a password gets one with one click, which is shown once', async ({
  page,
  engine,
}) => {
  await engine.cli(['run', '--detach', '--name', 'pass-db', 'hello', 'sh', '-c', database]);
  try {
    await page.getByRole('link', { name: 'Containers', exact: true }).first().click();
    await page
      .getByRole('row', { name: /pass-db/ })
      .getByText('pass-db')
      .click();
    const why = page.getByRole('region', { name: 'What happened' });
    await expect(why.getByRole('heading', { name: 'pass-db needs a password' })).toBeVisible();
    await why.getByRole('button', { name: 'Make it again with a generated password' }).click();

    const dialog = page.getByRole('dialog', { name: 'pass-db has a password now' });
    await expect(dialog.getByText('kept as pass-db-old')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
    await expectAccessible(page, 'a new password');
    const env = await engine.cli(['inspect', '--format', '{{json .Config.Env}}', 'pass-db']);
    const password = /POSTGRES_PASSWORD=(\w+)/.exec(env)?.[1] ?? 'none';
    await expect(dialog.getByText(password, { exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByText(password)).toHaveCount(0);

    // Where the dialog said that it is found again.
    const variables = page.getByRole('region', { name: 'Variables' });
    await variables.getByRole('button', { name: 'Show POSTGRES_PASSWORD' }).click();
    await expect(variables.getByText(password)).toBeVisible();
  } finally {
    await engine.cli(['rm', '--force', 'pass-db', 'pass-db-old']);
  }
});
