import { randomBytes } from 'node:crypto';
import { startEngine } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';
import { openWith } from './app';
import { expect, test } from './fixtures';

/** What another client does must be seen within this time. */
const soon = { timeout: 1000 };

test('what the docker CLI does appears within a second, without a reload', async ({ page, engine }) => {
  const name = `live-${randomBytes(3).toString('hex')}`;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(page.getByRole('heading', { name: 'Containers', exact: true })).toBeVisible();
  // The list of an app that has just been opened may still be on its way.
  await engine.cli(['create', '--name', `early-${name}`, 'chatty']);
  await expect(page.getByRole('row', { name: new RegExp(`early-${name}`) })).toBeVisible();
  await engine.cli(['rm', `early-${name}`]);
  await expect(row).toHaveCount(0);
  await engine.cli(['create', '--name', name, 'chatty']);
  await expect(row).toContainText('Created', soon);
  await engine.cli(['start', name]);
  await expect(row).toContainText('Running', soon);
  await engine.cli(['pause', name]);
  await expect(row).toContainText('Paused', soon);
  await engine.cli(['unpause', name]);
  await expect(row).toContainText('Running', soon);
  await engine.cli(['kill', name]);
  await expect(row).toContainText('Exited', soon);
  await engine.cli(['rename', name, `${name}-b`]);
  await expect(row).toContainText(`${name}-b`, soon);
  await engine.cli(['rm', `${name}-b`]);
  await expect(row).toHaveCount(0, soon);

  await page.getByRole('link', { name: 'Volumes', exact: true }).click();
  await engine.cli(['volume', 'create', name]);
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible(soon);
  await engine.cli(['volume', 'rm', name]);
  await expect(page.getByRole('row', { name: new RegExp(name) })).toHaveCount(0, soon);

  await page.getByRole('link', { name: 'Networks', exact: true }).click();
  await engine.cli(['network', 'create', name]);
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible(soon);
  await engine.cli(['network', 'rm', name]);
  await expect(page.getByRole('row', { name: new RegExp(name) })).toHaveCount(0, soon);

  await page.getByRole('link', { name: 'Images', exact: true }).click();
  // An image of its own: a second name for one that is there shares its row.
  await engine.cli(['create', '--name', name, 'hello']);
  await engine.cli(['commit', name, `team/${name}:1`]);
  await expect(page.getByRole('row', { name: new RegExp(`team/${name}`) })).toBeVisible(soon);
  await engine.cli(['rmi', `team/${name}:1`]);
  await expect(page.getByRole('row', { name: new RegExp(`team/${name}`) })).toHaveCount(0, soon);
  await engine.cli(['rm', name]);
});

test('an engine that is killed and started again is found again, and nothing stale stays', async ({
  shell,
  home,
}) => {
  await using engine = await startEngine();
  await loadImage(engine, await fixtureImage('hello'), 'hello:latest');
  await engine.cli(['create', '--name', 'stays', 'hello']);
  await engine.cli(['create', '--name', 'goes', 'hello']);
  await using app = await openWith(shell, home, engine.host);
  const { page } = app;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await expect(page.getByRole('row', { name: /goes/ })).toBeVisible();
  await engine.kill();
  await expect(page.getByText(/reconnecting/i).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /goes/ })).toHaveCount(0);
  await engine.restart();
  await expect(page.getByRole('row', { name: /stays/ })).toBeVisible();
  await engine.cli(['rm', 'goes']);
  await expect(page.getByRole('row', { name: /goes/ })).toHaveCount(0, soon);
});
