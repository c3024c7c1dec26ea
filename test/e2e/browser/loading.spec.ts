import { expect, test } from '../fixtures';

test('a page of which a part did not arrive loads itself again', async ({ page }) => {
  const home = page.getByRole('heading', { name: 'Home', exact: true });
  await expect(home).toBeVisible();
  // As Chromium does when a network interface comes or goes: the start of a container is enough.
  const lost = { 'index-*.js': 2, 'index-*.css': 1, 'discover-*.js': 1 };
  for (const [file, times] of Object.entries(lost)) {
    await page.route(`**/assets/${file}`, (route) => route.abort(), { times });
  }
  await page.evaluate(() => location.reload());
  await expect(home).toBeVisible();
  await page.getByRole('link', { name: 'Discover', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Databases' })).toBeVisible();
});
