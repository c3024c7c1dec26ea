import type { Page } from '@playwright/test';
import { expectReadableInForcedColours } from '../accessibility';
import { expect, test } from '../fixtures';
import { expectNothingCut, expectNothingSideways } from '../layout';
import { oneOfEach } from '../one-of-each';

/** At 200 % a window of 1280×800 has half as many of the page's pixels each way. */
const zoomed = { width: 640, height: 400 };
const whole = { width: 1280, height: 800 };

const goTo = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** The addresses that a navigation leads to. */
async function addressesIn(page: Page, navigation: string): Promise<string[]> {
  const links = page.getByRole('navigation', { name: navigation }).getByRole('link');
  await expect(links.first()).toBeVisible();
  return links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
}

async function look(page: Page, view: string): Promise<void> {
  await expect(page.getByText('Loading', { exact: true }), view).toHaveCount(0);
  await expectNothingSideways(page, view);
  await expectNothingCut(page, view);
}

test('at 200 % every page, section and dialog can be used, and in forced colours what is written is read', async ({
  page,
  engine,
}) => {
  await using objects = await oneOfEach(engine);
  const { name } = objects;
  const id = await engine.cli(['inspect', '--format', '{{.Id}}', name]);
  const network = await engine.cli(['network', 'inspect', '--format', '{{.Id}}', name]);
  const besides = [`#/volumes/${name}`, `#/networks/${network}`];
  const pages = await addressesIn(page, 'Main');
  await goTo(page, '#/settings');
  const sections = await addressesIn(page, 'Settings');
  const tabs = ['logs', 'terminal', 'stats', 'inspect'].map((tab) => `#/containers/${id}/${tab}`);
  const views = [...pages, ...sections, `#/containers/${id}`, ...tabs, ...besides, '#/learn/data'];
  expect(views.length).toBeGreaterThan(20);
  await page.setViewportSize(zoomed);
  for (const address of views) {
    await goTo(page, address);
    await expect(page.getByRole('heading').first(), address).toBeVisible();
    await look(page, address.replace(id, 'ID'));
  }

  // There the panel takes the place of the list, and the keyboard goes along.
  await goTo(page, '#/volumes');
  await page.getByRole('grid', { name: 'Volumes' }).getByText(name).first().click();
  await expect(page.getByRole('button', { name: `Close ${name}` })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();

  await goTo(page, '#/home');
  await page.getByRole('button', { name: 'Run a container' }).click();
  const dialog = page.getByRole('dialog');
  await expect(page.getByRole('list', { name: 'Good first images' })).toBeVisible();
  await look(page, 'Run, choice of the image');
  await page.getByRole('combobox', { name: 'Image' }).fill('layers:latest');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Run layers:latest' })).toBeVisible();
  await look(page, 'Run');
  await page.getByRole('button', { name: 'Advanced' }).click();
  await look(page, 'Run, advanced');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  for (const [address, title] of [
    ['#/images', 'Pull an image'],
    ['#/volumes', 'Create a volume'],
    ['#/networks', 'Create a network'],
    ['#/discover', 'Add a registry'],
  ] as const) {
    await goTo(page, address);
    await page.getByRole('button', { name: title }).first().click();
    await expect(dialog).toBeVisible();
    await look(page, title);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }

  await page.setViewportSize(whole);
  // The other lists are drawn as that of containers.
  const forced = [
    '#/home',
    '#/containers',
    '#/discover',
    '#/learn',
    '#/settings/resources',
    `#/containers/${id}`,
  ];
  for (const address of forced) {
    await goTo(page, address);
    await expect(page.getByRole('heading').first(), address).toBeVisible();
    await expectReadableInForcedColours(page, address.replace(id, 'ID'));
  }
});
