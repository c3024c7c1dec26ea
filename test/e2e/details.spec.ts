import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { expect, test } from './fixtures';

/** Opens a container's page as a user does: from the list. */
async function openContainer(page: Page, name: string, tab: string): Promise<void> {
  await page.getByRole('link', { name: 'Containers', exact: true }).first().click();
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByText(name)
    .click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await page.getByRole('tab', { name: tab }).click();
}

const unique = (name: string) => `${name}-${randomBytes(3).toString('hex')}`;

test('a log streams, is searched, filtered and goes on after a restart', async ({ page, engine }) => {
  const name = unique('log');
  const script =
    'i=0; while [ $i -lt 3000 ]; do i=$((i + 1)); echo "line $i"; done; echo "a timeout" >&2; sleep 1000';
  await engine.cli(['run', '-d', '--name', name, '--stop-timeout', '1', 'hello', 'sh', '-c', script]);
  await openContainer(page, name, 'Logs');
  const log = page.getByRole('log');
  await expect(log.getByText('line 3000', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Following' })).toBeVisible();

  await page.keyboard.press('Control+f');
  await page.keyboard.type('line 1500');
  await page.keyboard.press('F3');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await expect(log.locator('mark.on')).toBeInViewport();
  await expect(log.getByText('line 1501', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');

  // The first page has the newest 2,000 lines; the others come when they are scrolled to.
  await log.evaluate((box) => box.scrollTo(0, 0));
  await expect(page.getByText('From its beginning')).toBeVisible();
  await page.getByRole('radio', { name: /Errors/ }).check({ force: true });
  await expect(log.getByText('a timeout')).toBeVisible();
  await expect(log.getByText(/^line/)).toHaveCount(0);
  await page.getByRole('radio', { name: 'All output' }).check({ force: true });
  await page.getByRole('button', { name: /Jump to now/ }).click();
  await expectAccessible(page, 'Logs');

  await page.getByRole('button', { name: `Stop ${name}` }).click();
  await expect(page.getByText('Ended', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: `Start ${name}` }).click();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByText(/^2 error lines$/)).toBeVisible();
  await engine.cli(['rm', '-f', name]);
});

test('a terminal keeps its screen while other views are open, and ends with its tab', async ({
  page,
  engine,
}) => {
  const name = unique('shell');
  await engine.cli(['run', '-d', '--name', name, 'hello']);
  await openContainer(page, name, 'Terminal');
  const screen = page.locator('.xterm-rows');
  await expect(screen).toContainText('/ #');
  await page.keyboard.type('echo answer-$((6 * 7)); sleep 1234 &\n');
  await expect(screen).toContainText('answer-42');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { name: 'Command, ports, network' })).toBeVisible();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await expect(screen).toContainText('answer-42');
  await expectAccessible(page, 'Terminal');
  await page.getByRole('button', { name: /^Close terminal/ }).click();
  await expect(page.getByText('No terminal is open')).toBeVisible();
  await expect.poll(() => engine.cli(['top', name])).not.toContain('sleep 1234');
  await engine.cli(['rm', '-f', name]);
});

test('an image without a shell, a failed container, figures and the engine’s answer are explained', async ({
  page,
  engine,
}) => {
  const [bare, failed] = [unique('bare'), unique('failed')];
  await engine.cli(['run', '-d', '--name', bare, '-e', 'API_TOKEN=hunter2', 'noshell']);
  await engine.cli(['run', '-d', '--name', failed, 'failing']);

  await openContainer(page, bare, 'Terminal');
  await expect(page.getByRole('heading', { name: 'There is no shell in this image' })).toBeVisible();
  await expectAccessible(page, 'Terminal without a shell');
  await page.getByRole('tab', { name: 'Stats' }).click();
  await expect(page.getByText('1 process', { exact: true }).first()).toBeVisible();
  await expectAccessible(page, 'Stats');
  await page.getByRole('tab', { name: 'Inspect' }).click();
  await expect(page.getByRole('treeitem', { name: /State/ })).toBeVisible();
  await page.getByLabel('Search the answer').fill('API_TOKEN');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await expect(page.getByText('hunter2')).toHaveCount(0);
  await expectAccessible(page, 'Inspect');
  await page.getByRole('button', { name: 'Show secrets' }).click();
  await expect(page.getByText(/hunter2/).first()).toBeVisible();

  await openContainer(page, failed, 'Overview');
  await expect(page.getByRole('heading', { name: `${failed} ended with an error` })).toBeVisible();
  await expect(page.getByText('failing: cannot open /etc/failing.conf', { exact: true })).toBeVisible();
  await expectAccessible(page, 'Overview');
  await page.getByRole('button', { name: 'Show its log' }).click();
  await expect(page.getByRole('log').getByText('failing: cannot open')).toBeVisible();
  await engine.cli(['rm', '-f', bare, failed]);
});
