import type { Page } from '@playwright/test';
import { startEngine } from '../harness/engine';
import { expectAccessible } from './accessibility';
import { openWith } from './app';
import { expect, test } from './fixtures';
import { expectNothingSideways } from './layout';
import { oneOfEach, unique } from './one-of-each';

/** The smallest size of the window, from the design language. */
const smallest = { width: 960, height: 640 };

/** What a view must be like at the smallest size of the window. */
async function expectGoodView(page: Page, view: string): Promise<void> {
  await expectNothingSideways(page, view);
  await expectAccessible(page, view);
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
}

test('an engine with nothing on it: every page says what to do', async ({ shell, home }) => {
  await using engine = await startEngine();
  await using app = await openWith(shell, home, engine.host);
  const { page } = app;
  await page.setViewportSize(smallest);
  await expect(heading(page, 'Home')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Recent activity' })).toBeVisible();
  await expectGoodView(page, 'Home, empty');
  await goTo(page, 'Containers');
  await expect(page.getByRole('main').getByRole('button', { name: /^Run/ }).first()).toBeVisible();
  await expectGoodView(page, 'Containers, empty');
  await goTo(page, 'Images');
  await expect(heading(page, 'No images yet')).toBeVisible();
  await expectGoodView(page, 'Images, empty');
  await goTo(page, 'Volumes');
  await expect(heading(page, 'No volumes yet')).toBeVisible();
  await expectGoodView(page, 'Volumes, empty');
});

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

test('Home and Containers are accessible and fit the smallest window', async ({ page, engine }) => {
  await using objects = await oneOfEach(engine);
  const { name } = objects;
  await page.setViewportSize(smallest);
  await expect(rowOf(page, name)).toBeVisible();
  await expectGoodView(page, 'Home');
  await goTo(page, 'Containers');
  await expect(rowOf(page, name)).toContainText('Running');
  await expectGoodView(page, 'Containers');
  await page.getByRole('checkbox', { name: `Select ${name}` }).click();
  await expect(page.getByRole('region', { name: 'Selected containers' })).toBeVisible();
  await expectGoodView(page, 'Containers, one selected');
  await page.getByRole('button', { name: `More actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: /Delete/ }).focus();
  await expectGoodView(page, 'Containers, row menu');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectGoodView(page, 'Containers, deletion');
  await page.keyboard.press('Escape');
});

test('Images are accessible and fit the smallest window', async ({ page, engine }) => {
  await using objects = await oneOfEach(engine);
  const row = rowOf(page, objects.name);
  await page.setViewportSize(smallest);
  await goTo(page, 'Images');
  await expect(row).toBeVisible();
  await expectGoodView(page, 'Images');
  await row.getByText(objects.name).first().click();
  for (const tab of ['Layers', 'Configuration', /^Used by/, 'Inspect']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel')).toBeVisible();
    await expect(page.getByText('Loading', { exact: true })).toHaveCount(0);
    await expectGoodView(page, `Image, ${tab}`);
  }
});

for (const [plural, create] of [
  ['Volumes', 'Create a volume'],
  ['Networks', 'Create a network'],
] as const) {
  test(`${plural} are accessible and fit the smallest window`, async ({ page, engine }) => {
    await using objects = await oneOfEach(engine);
    const row = rowOf(page, objects.name);
    await page.setViewportSize(smallest);
    await goTo(page, plural);
    await expect(row).toBeVisible();
    await expectGoodView(page, plural);
    await row.getByText(objects.name).first().click();
    await expect(page.getByRole('complementary', { name: new RegExp(objects.name) })).toBeVisible();
    await expectGoodView(page, `${plural}, one open`);
    await page.getByRole('button', { name: create }).click();
    await expect(page.getByRole('dialog', { name: create })).toBeVisible();
    await expectGoodView(page, create);
  });
}

test('Discover and Settings are accessible and fit the smallest window', async ({ page }) => {
  await page.setViewportSize(smallest);
  await goTo(page, 'Discover');
  await expect(page.getByRole('region', { name: 'Databases' })).toBeVisible();
  await expectGoodView(page, 'Discover, catalogue');
  await page.getByRole('button', { name: 'Add a registry' }).click();
  await expect(page.getByRole('dialog', { name: 'Add a registry' })).toBeVisible();
  await expectGoodView(page, 'Add a registry');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Settings' }).click();
  const sections = page.getByRole('navigation', { name: 'Settings' });
  for (const section of [
    'General',
    'Resources',
    'Engine',
    'File sharing',
    'Network',
    'Registries',
    'Appearance',
    'Keyboard',
    'Privacy',
    'Advanced',
  ]) {
    await sections.getByRole('link', { name: section }).click();
    await expect(heading(page, section)).toBeVisible();
    await expectGoodView(page, `Settings, ${section}`);
  }
});

test('what lies above the pages is accessible and fits the smallest window', async ({ page }) => {
  await page.setViewportSize(smallest);
  await page.getByRole('button', { name: 'Run a container' }).click();
  await expect(page.getByRole('list', { name: 'Good first images' })).toBeVisible();
  await expectGoodView(page, 'Run, choice of the image');
  await page.getByRole('combobox', { name: 'Image' }).fill('layers:latest');
  await page.keyboard.press('Control+Enter');
  await expect(heading(page, 'Run layers:latest')).toBeVisible();
  await expectGoodView(page, 'Run');
  await page.getByRole('button', { name: 'Advanced' }).click();
  await expect(page.getByRole('textbox', { name: 'Command', exact: true })).toBeVisible();
  await expectGoodView(page, 'Run, advanced');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const layers = [
    ['Command palette', () => page.keyboard.press('Control+k')],
    ['Keyboard shortcuts', () => page.keyboard.press('?')],
    ['Tasks', () => page.getByRole('button', { name: 'Tasks' }).click()],
    ['Engines', () => page.getByRole('button', { name: /^Engine: / }).click()],
  ] as const;
  for (const [name, open] of layers) {
    await open();
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await expectGoodView(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('without an engine every page says so and what to do', async ({ shell, home }) => {
  await using app = await openWith(shell, home, `unix://${home}/no-engine.sock`);
  const { page } = app;
  await page.setViewportSize(smallest);
  for (const name of ['Home', 'Containers', 'Images', 'Volumes', 'Networks']) {
    await goTo(page, name);
    const again = page.getByRole('main').getByRole('button', { name: /again|settings|engine/i });
    await expect(again.first(), name).toBeVisible();
    await expectGoodView(page, `${name}, no engine`);
  }
  await goTo(page, 'Discover');
  await expect(page.getByRole('region', { name: 'Databases' })).toBeVisible();
});

test('the keyboard alone opens a container, goes to any page and through the regions', async ({
  page,
  engine,
}) => {
  const name = unique('keys');
  await engine.cli(['create', '--name', name, 'hello']);
  await expect(heading(page, 'Home')).toBeVisible();

  await page.keyboard.press('Control+2');
  await expect(heading(page, 'Containers')).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  const list = page.getByRole('treegrid', { name: 'Containers' });
  await tabTo(page, list);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(heading(page, name)).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('netw');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Networks')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(heading(page, name)).toBeVisible();

  const regions: string[] = [];
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press('F6');
    const region = await page.evaluate(
      () => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? 'none',
    );
    if (regions.includes(region)) break;
    regions.push(region);
  }
  expect(regions).toEqual(expect.arrayContaining(['sidebar', 'titlebar', 'page']));
  expect(regions).not.toContain('none');
  await engine.cli(['rm', '--force', name]);
});

/** Presses Tab until the element has the focus: it must be within reach. */
async function tabTo(page: Page, element: ReturnType<Page['getByRole']>): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(element).toBeFocused();
}
