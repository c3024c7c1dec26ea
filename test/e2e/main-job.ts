import { request } from 'node:http';
import type { Page } from '@playwright/test';
import { freePort } from '../harness/free-port';
import { expectAccessible } from './accessibility';
import { expect as expectSoon, test } from './fixtures';

/** What the main job needs besides the app's window. */
export interface MainJobGround {
  /** Registry with team/hello:1.1, `127.0.0.1:port`. */
  registry: string;
  /** The docker CLI on the engine that the app works with. */
  cli(args: string[]): Promise<string>;
  /** What `docker port` must say of a port that Gantry published on this computer alone. */
  bound: RegExp;
  /** How long each step may take, in ms: an emulated engine is many times slower. */
  patience: number;
}

/** What the page answers on this computer. */
export const fetchText = (url: string) =>
  new Promise<string>((resolve, reject) => {
    const call = request(url, (answer) => {
      let text = '';
      answer.on('data', (chunk) => {
        text += chunk;
      });
      answer.once('end', () => resolve(text));
    });
    call.once('error', reject);
    call.end();
  });

async function addRegistry(page: Page, host: string): Promise<void> {
  await page.getByRole('link', { name: 'Discover', exact: true }).click();
  await page.getByRole('button', { name: 'Add a registry' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a registry' });
  await dialog.getByRole('textbox', { name: 'Address' }).fill(host);
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await expectSoon(dialog).toHaveCount(0);
  await expectSoon(page.getByRole('radio', { name: new RegExp(host) })).toBeVisible();
}

/** Search, tags, pull, run, open, log, stop, start, delete, undo, delete: what Gantry is for. */
export async function mainJob(page: Page, ground: MainJobGround): Promise<void> {
  const { registry, cli, patience } = ground;
  const expect = expectSoon.configure({ timeout: patience });
  const image = `${registry}/team/hello:1.1`;
  await addRegistry(page, registry);

  await test.step('search in the registry and choose a tag', async () => {
    await page.getByRole('searchbox', { name: 'Search registries' }).fill('hello 1.1');
    const results = page
      .getByRole('listbox', { name: 'Results' })
      .or(page.getByRole('list', { name: 'Results' }));
    await results.getByText('team/hello').click();
    const tags = page.getByRole('grid', { name: 'Tags' });
    await expect(tags.getByRole('row', { name: /1\.1/ })).toBeVisible();
    await tags.getByRole('row', { name: /1\.1/ }).click();
    await expectAccessible(page, 'Discover');
  });

  await test.step('pull', async () => {
    await page.getByRole('button', { name: 'Pull', exact: true }).click();
    await expect.poll(async () => cli(['images', '--format', '{{.Repository}}:{{.Tag}}'])).toContain(image);
  });

  await test.step('run', async () => {
    await page.getByRole('button', { name: 'Run…', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Run / });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('main-job');
    await expect(dialog.getByText('--name')).toBeVisible();
    await expectAccessible(page, 'Run dialog');
    // The proposed one is the same for each engine of this computer, and tests beside this one may take it first.
    await dialog.getByLabel(/^Port of this computer/).fill(String(await freePort()));
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(dialog).toHaveCount(0);
  });

  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  const row = page.getByRole('row', { name: /main-job/ });
  await test.step('its page answers, on this computer only', async () => {
    await expect(row).toContainText('Running');
    const link = row.getByRole('link').first();
    const address = await link.getAttribute('href');
    expect(await fetchText(address ?? '')).toContain('Hello');
    const said = await cli(['port', 'main-job']);
    expect(said).toMatch(ground.bound);
  });

  await test.step('its log streams', async () => {
    await row.getByText('main-job').click();
    await page.getByRole('tab', { name: 'Logs' }).click();
    const log = page.getByRole('log');
    await expect(log.getByText('hello: listening on port 80')).toBeVisible();
  });

  await test.step('stop and start', async () => {
    await page.getByRole('link', { name: 'Containers', exact: true }).first().click();
    await page.getByRole('button', { name: 'Stop main-job' }).click();
    await expect(row).toContainText('Exited');
    await page.getByRole('button', { name: 'Start main-job' }).click();
    await expect(row).toContainText('Running');
  });

  await test.step('delete, undo, and delete for good', async () => {
    await remove(page);
    await expect(row).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(row).toContainText('Running');
    await remove(page);
    await expect(row).toHaveCount(0);
    await expect.poll(async () => cli(['ps', '--all', '--format', '{{.Names}}'])).not.toContain('main-job');
  });
}

/** By the row's menu, as a newcomer does. */
async function remove(page: Page): Promise<void> {
  await page.getByRole('row', { name: /main-job/ }).hover();
  await page.getByRole('button', { name: 'More actions for main-job' }).click();
  await page.getByRole('menuitem', { name: /Delete/ }).click();
  await page
    .getByRole('alertdialog', { name: /Delete main-job/ })
    .getByRole('button', { name: 'Delete' })
    .click();
}
