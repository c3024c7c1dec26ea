import type { Page } from '@playwright/test';

/** A picture to take: `open` starts from any view and ends when it is drawn. */
export interface View {
  name: string;
  open(page: Page): Promise<void>;
}

const goTo = async (page: Page, hash: string) => {
  // Dialogs and menus are left; a fresh page also forgets what was typed.
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.reload();
};
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) }).first();

const pageView = (name: string, title = name): View => ({
  name: name.toLowerCase(),
  async open(page) {
    await goTo(page, `#/${name.toLowerCase()}`);
    await heading(page, title);
  },
});

const containers = async (page: Page) => {
  await goTo(page, '#/containers');
  await row(page, 'grafana').waitFor();
};

/** Long enough for curves to be curves; no longer than anybody would wait. */
const curvesMs = 20_000;

async function openContainer(page: Page, name: string, tab: string): Promise<void> {
  await containers(page);
  await row(page, name)
    .getByText(name.replace(/^shop-/, ''))
    .first()
    .click();
  await page.getByRole('tab', { name: tab }).click();
}

const ofContainer = (
  view: string,
  name: string,
  tab: string,
  ready: (page: Page) => Promise<void>,
): View => ({
  name: view,
  async open(page) {
    await openContainer(page, name, tab);
    await ready(page);
  },
});

async function openRow(page: Page, hash: string, name: string): Promise<void> {
  await goTo(page, hash);
  await row(page, name).getByText(name).first().click();
}

const idOf = (section: string) => section.toLowerCase().replace(' ', '-');

const settings = (section: string): View => ({
  name: `settings-${idOf(section)}`,
  async open(page) {
    await goTo(page, `#/settings/${idOf(section)}`);
    await heading(page, section);
  },
});

const overHome = (name: string, dialog: string, press: (page: Page) => Promise<void>): View => ({
  name,
  async open(page) {
    await goTo(page, '#/home');
    await heading(page, 'Home');
    await press(page);
    await page.getByRole('dialog', { name: dialog }).waitFor();
  },
});

async function openRun(page: Page, image: string): Promise<void> {
  await goTo(page, '#/home');
  await heading(page, 'Home');
  await page.getByRole('button', { name: 'Run a container' }).click();
  await page.getByRole('combobox', { name: 'Image' }).fill(image);
  await page.keyboard.press('Control+Enter');
  await heading(page, `Run ${image}`);
}

/** The views of an engine as content.ts fills it. */
export const views: View[] = [
  {
    name: 'home',
    async open(page) {
      await goTo(page, '#/home');
      await heading(page, 'Home');
      await page.waitForTimeout(curvesMs);
    },
  },
  {
    name: 'containers',
    async open(page) {
      await containers(page);
      await page.waitForTimeout(curvesMs);
    },
  },
  {
    name: 'containers-selected',
    async open(page) {
      await containers(page);
      for (const name of ['shop-api-1', 'shop-cache-1', 'import-job']) {
        await page.getByRole('checkbox', { name: `Select ${name}` }).click();
      }
    },
  },
  {
    name: 'containers-menu',
    async open(page) {
      await containers(page);
      await page.getByRole('button', { name: 'More actions for shop-api-1' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'containers-delete',
    async open(page) {
      await containers(page);
      await page.getByRole('button', { name: 'More actions for import-job' }).click();
      await page.getByRole('menuitem', { name: /Delete/ }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'containers-nothing-found',
    async open(page) {
      await containers(page);
      await page.getByRole('searchbox').fill('mysql');
    },
  },
  ofContainer('overview', 'shop-web-1', 'Overview', (page) => heading(page, 'Command, ports, network')),
  ofContainer('overview-failed', 'import-job', 'Overview', (page) => heading(page, /ended with an error/)),
  ofContainer('overview-unhealthy', 'shop-worker-1', 'Overview', (page) => heading(page, 'Health')),
  ofContainer('logs', 'shop-api-1', 'Logs', (page) => page.getByText('Live', { exact: true }).waitFor()),
  ofContainer('terminal', 'shop-web-1', 'Terminal', async (page) => {
    const screen = page.locator('.xterm-rows');
    await screen.getByText('/ #').waitFor();
    await page.keyboard.type('ls -l /www\nps\n');
    await screen.getByText('index.html').first().waitFor();
  }),
  ofContainer('stats', 'shop-api-1', 'Stats', (page) => page.waitForTimeout(curvesMs)),
  ofContainer('inspect', 'shop-api-1', 'Inspect', (page) => page.getByRole('treeitem').first().waitFor()),
  pageView('Images'),
  {
    name: 'image-layers',
    async open(page) {
      await openRow(page, '#/images', 'postgres');
      await page.getByRole('tab', { name: 'Layers' }).click();
      await page.getByText('EXPOSE').first().waitFor();
    },
  },
  {
    name: 'image-configuration',
    async open(page) {
      await openRow(page, '#/images', 'postgres');
      await page.getByRole('tab', { name: 'Configuration' }).click();
      await page.getByText('PGDATA').first().waitFor();
    },
  },
  pageView('Volumes'),
  { name: 'volume', open: (page) => openRow(page, '#/volumes', 'shop_db-data') },
  pageView('Networks'),
  { name: 'network', open: (page) => openRow(page, '#/networks', 'shop_default') },
  {
    name: 'network-create',
    async open(page) {
      await goTo(page, '#/networks');
      await page.getByRole('button', { name: 'Create a network' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'discover',
    async open(page) {
      await goTo(page, '#/discover');
      await page.getByRole('region', { name: 'Databases' }).waitFor();
    },
  },
  {
    name: 'discover-search',
    async open(page) {
      await goTo(page, '#/discover');
      await page.getByRole('searchbox', { name: 'Search registries' }).fill('shop');
      await page.getByText('shop/api').first().click();
      await page
        .getByRole('row', { name: /2\.4\.1/ })
        .first()
        .waitFor();
    },
  },
  pageView('Learn'),
  {
    name: 'lesson',
    async open(page) {
      await goTo(page, '#/learn/data');
      await heading(page, 'A place that stays');
    },
  },
  settings('General'),
  settings('Resources'),
  settings('Engine'),
  settings('File sharing'),
  settings('Network'),
  settings('Registries'),
  settings('Appearance'),
  settings('Keyboard'),
  settings('Privacy'),
  settings('Advanced'),
  {
    name: 'settings-troubleshoot',
    async open(page) {
      await goTo(page, '#/settings/troubleshoot');
      await page.getByText(/checked just now/).waitFor();
    },
  },
  overHome('run-image', 'Run a container', (page) =>
    page.getByRole('button', { name: 'Run a container' }).click(),
  ),
  { name: 'run', open: (page) => openRun(page, 'postgres:18') },
  {
    name: 'run-advanced',
    async open(page) {
      await openRun(page, 'nginx:1.29');
      await page.getByRole('button', { name: 'Advanced' }).click();
    },
  },
  overHome('palette', 'Command palette', (page) => page.keyboard.press('Control+k')),
  overHome('shortcuts', 'Keyboard shortcuts', (page) => page.keyboard.press('?')),
  overHome('tasks', 'Tasks', (page) => page.getByRole('button', { name: 'Tasks' }).click()),
  overHome('engine', 'Engines', (page) => page.getByRole('button', { name: /^Engine: / }).click()),
];

/** The views of an engine that has nothing. */
export const emptyViews: View[] = ['Home', 'Containers', 'Images', 'Volumes'].map((title) => {
  const view = pageView(title);
  return { ...view, name: `empty-${view.name}` };
});

/** What there is without an engine. */
export const awayViews: View[] = [{ ...pageView('Containers'), name: 'no-engine' }];

/** The first steps, one after the other. */
export const firstViews: View[] = [
  {
    name: 'first-welcome',
    open: (page) => page.getByRole('button', { name: 'Set up Gantry' }).waitFor(),
  },
  {
    name: 'first-engine',
    async open(page) {
      await page.getByRole('button', { name: 'Set up Gantry' }).click();
      await page.getByText('Gantry’s own engine').click();
      await page.getByText('What the engine may use').waitFor();
    },
  },
  {
    name: 'first-image',
    async open(page) {
      await page.getByText(/It is here already/).click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('gantry/welcome:latest').waitFor();
    },
  },
  {
    name: 'first-container',
    async open(page) {
      await page.getByText('gantry/welcome:latest').click();
      await page.getByRole('button', { name: 'Run it' }).click();
      await page.getByText('What just happened').waitFor();
    },
  },
];
