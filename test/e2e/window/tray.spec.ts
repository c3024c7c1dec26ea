import { once } from 'node:events';
import { startEngine, type TestEngine } from '../../harness/engine';
import { fixtureImage, loadImage } from '../../harness/images';
import { noPanel, openTrayPanel, type TrayPanel, whyNoPanel } from '../../harness/tray-panel';
import { expectAccessible } from '../accessibility';
import { openInElectron, type Window } from '../app';
import { expect, test } from '../fixtures';
import { followTray, type TrayTest } from './tray-menu';

// An engine of its own: "everything" must mean nobody else's containers.
let engine: TestEngine;
let panel: TrayPanel;
let window: Window;

test.beforeAll(async () => {
  if (whyNoPanel()) return;
  engine = await startEngine();
  for (const name of ['hello', 'failing'] as const) {
    await loadImage(engine, await fixtureImage(name), `${name}:latest`);
  }
  panel = await openTrayPanel();
});
test.afterAll(async () => {
  await panel?.[Symbol.asyncDispose]();
  await engine?.stop();
});
test.beforeEach(() => {
  const why = whyNoPanel();
  test.skip(why !== undefined, why ?? '');
});
test.afterEach(async () => {
  await window?.close().catch(() => undefined); // Some tests end Gantry themselves.
  const all = await engine?.cli(['ps', '--all', '--quiet']);
  if (all) await engine.cli(['rm', '--force', ...all.split('\n')]);
});

/** Opens Gantry on a desktop with a tray, and looks into it. */
async function open(home: string): Promise<TrayTest> {
  const before = panel.icons.length;
  window = await openInElectron(home, engine.host, { DBUS_SESSION_BUS_ADDRESS: panel.address });
  await expect(window.page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
  const tray = await followTray(window.main);
  await expect.poll(() => panel.icons.length, 'the icon is in the panel').toBeGreaterThan(before);
  // The menu is seen when it is set again: something has to change.
  await engine.cli(['run', '--detach', '--name', 'nudge', 'hello']);
  await expect.poll(tray.paths).toContain('nudge > Logs');
  await engine.cli(['rm', '--force', 'nudge']);
  await expect.poll(tray.paths).toContain('(No container running)');
  return tray;
}

const windows = () => window.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const closeWindow = () =>
  window.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const stateOf = (name: string) => engine.cli(['inspect', '--format', '{{.State.Status}}', name]);
const startOf = (name: string) => engine.cli(['inspect', '--format', '{{.State.StartedAt}}', name]);
const idOf = (name: string) => engine.cli(['inspect', '--format', '{{.Id}}', name]);

async function hasEnded(): Promise<void> {
  const child = window.main.process();
  if (child.exitCode === null) await once(child, 'exit');
}

test('a container’s menu: each item does what it says', async ({ home }) => {
  const tray = await open(home);
  await engine.cli(['run', '--detach', '--name', 'web', '--publish', '127.0.0.1::80', 'hello']);
  const addressNow = async () => (await engine.cli(['port', 'web', '80'])).replace('127.0.0.1', 'localhost');
  const address = await addressNow();
  const web = `web (port ${address.split(':')[1]})`;

  await tray.choose(`${web} > Open ${address}`);
  await expect.poll(async () => (await tray.kept()).browsed).toEqual([`http://${address}`]);
  await tray.choose(`${web} > Copy address`);
  await expect.poll(async () => (await tray.kept()).clipboard).toBe(address);

  const id = await idOf('web');
  await tray.choose(`${web} > Logs`);
  await expect(window.page).toHaveURL(new RegExp(`#/containers/${id}/logs$`));
  await tray.choose(`${web} > Terminal`);
  await expect(window.page).toHaveURL(new RegExp(`#/containers/${id}/terminal$`));

  await tray.choose(`${web} > Pause`);
  await expect.poll(() => stateOf('web')).toBe('paused');
  await tray.choose('web (paused) > Resume');
  await expect.poll(() => stateOf('web')).toBe('running');
  const before = await startOf('web');
  await tray.choose(`${web} > Restart`);
  await expect.poll(() => startOf('web')).not.toBe(before);
  // The engine gave it another port.
  await tray.choose(`web (port ${(await addressNow()).split(':')[1]}) > Stop`);
  await expect.poll(() => stateOf('web')).toBe('exited');
  await expect.poll(tray.paths).toContain('(No container running)');
});

test('everything at once: paused, restarted and stopped after a question, and started again', async ({
  home,
}) => {
  const tray = await open(home);
  const project = ['--label', 'com.docker.compose.project=shop'];
  for (const name of ['one', 'two'])
    await engine.cli(['run', '--detach', '--name', name, ...project, 'hello']);
  await expect.poll(tray.paths).toContain('(2 containers running)');
  const states = async () => [await stateOf('one'), await stateOf('two')];

  await tray.choose('Pause everything');
  await expect.poll(states).toEqual(['paused', 'paused']);
  await expect.poll(tray.paths, 'both are known to be paused').not.toContain('Pause everything');
  await tray.choose('Resume everything');
  await expect.poll(states).toEqual(['running', 'running']);

  const before = await startOf('one');
  await tray.answer(1);
  await tray.choose('Restart everything…');
  await expect.poll(async () => (await tray.kept()).asked).toEqual(['Restart everything?']);
  expect(await startOf('one')).toBe(before);
  await tray.answer(0);
  await tray.choose('Restart everything…');
  await expect.poll(() => startOf('one')).not.toBe(before);

  await expect.poll(tray.paths).toContain('(2 containers running)');
  await tray.choose('Stop everything…');
  await expect.poll(states).toEqual(['exited', 'exited']);
  await tray.choose('Start what was stopped');
  await expect.poll(states).toEqual(['running', 'running']);

  await tray.choose('Projects > shop (2 of 2 running) > Stop shop…');
  await expect.poll(states).toEqual(['exited', 'exited']);
  await tray.choose('Projects > shop (0 of 2 running) > Start shop');
  await expect.poll(states).toEqual(['running', 'running']);
});

test('the window’s own items, and what needs a look', async ({ home }) => {
  const tray = await open(home);
  await engine.cli(['run', '--detach', '--name', 'import-job', 'failing']);
  await expect.poll(tray.paths).toContain('import-job ended with exit code 3 > Logs');
  const { tip, icon } = await tray.kept();
  expect(tip).toMatch(/^Gantry: .* running, 1 needs a look$/);
  // That of attention took the place of that of a running engine; an image that is not there has no size.
  expect(icon).toBe('16x16');
  await tray.choose('import-job ended with exit code 3 > See what happened');
  await expect(window.page).toHaveURL(new RegExp(`#/containers/${await idOf('import-job')}$`));

  await tray.choose('Settings…');
  await expect(window.page.getByRole('navigation', { name: 'Settings' })).toBeVisible();
  await tray.choose('Run a container…');
  await expect(window.page.getByRole('dialog')).toBeVisible();
  await window.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await tray.choose('Open Gantry');
  const minimized = () =>
    window.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized());
  await expect.poll(minimized).toBe(false);

  await engine.cli(['rm', 'import-job']);
  await expect.poll(async () => (await tray.kept()).tip).not.toContain('look');
  await tray.choose('Quit Gantry');
  await hasEnded();
});

test('closing the window leaves the tray, says so once, and the tray brings it back', async ({ home }) => {
  const tray = await open(home);
  await engine.cli(['run', '--detach', '--name', 'web', 'hello']);
  await expect.poll(tray.paths).toContain('web > Logs');
  const told = async () => (await tray.kept()).told.filter((line) => line.startsWith('Gantry goes on'));

  await closeWindow();
  await expect.poll(windows).toBe(0);
  await expect.poll(told).toHaveLength(1);
  const pages = () =>
    window.main.evaluate(({ app }) => app.getAppMetrics().filter(({ type }) => type === 'Tab').length);
  await expect.poll(pages, 'no page runs').toBe(0);

  const opened = window.main.waitForEvent('window');
  await tray.choose('web > Logs');
  const page = await opened;
  await expect(page).toHaveURL(new RegExp(`#/containers/${await idOf('web')}/logs$`));
  await expect(page.getByRole('tab', { name: 'Logs', selected: true })).toBeVisible();

  await closeWindow();
  await expect.poll(windows).toBe(0);
  expect(await told()).toHaveLength(1);
  await tray.choose('Quit Gantry (containers keep running)');
  await hasEnded();
  expect(await stateOf('web')).toBe('running');
});

test('closing the window quits when the settings say so', async ({ home }) => {
  const tray = await open(home);
  await tray.choose('Settings…');
  const { page } = window;
  await page.getByRole('link', { name: 'General' }).click();
  await page.getByText('Quits', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'Quits' })).toBeChecked();
  await closeWindow();
  await hasEnded();
});

test('the keys for the whole desktop are taken when the settings say so, and given back', async ({
  home,
}) => {
  const tray = await open(home);
  await tray.choose('Settings…');
  const { page } = window;
  await page.getByRole('link', { name: 'Keyboard' }).click();
  const taken = () =>
    window.main.evaluate(({ globalShortcut }) => globalShortcut.isRegistered('CommandOrControl+Shift+G'));
  expect(await taken()).toBe(false);
  const toggle = page.getByRole('switch', { name: /^Show Gantry with/ });
  await toggle.click({ force: true });
  await expect.poll(taken).toBe(true);
  await toggle.click({ force: true });
  await expect.poll(taken).toBe(false);
  await expectAccessible(page, 'settings, keyboard');
  await page.getByRole('link', { name: 'Notifications' }).click();
  await expectAccessible(page, 'settings, notifications');
});

test('closing the window quits where there is no tray', async ({ home }) => {
  window = await openInElectron(home, engine.host, { DBUS_SESSION_BUS_ADDRESS: noPanel });
  await expect(window.page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
  await closeWindow();
  await hasEnded();
});

test('a crash is told while no window is there, leads to its log, and can be switched off', async ({
  home,
}) => {
  const tray = await open(home);
  const told = async () => (await tray.kept()).told.filter((line) => line.includes('exit code'));
  await closeWindow();
  await expect.poll(windows).toBe(0);
  await engine.cli(['run', '--detach', '--name', 'import-job', 'failing']);
  await expect.poll(told).toHaveLength(1);
  const [line = ''] = await told();
  expect(line).toMatch(/^import-job ended with exit code \d+\. Its log may say why\.$/);

  const opened = window.main.waitForEvent('window');
  await tray.clickNotification(line.slice(0, line.indexOf('.')));
  const page = await opened;
  await expect(page).toHaveURL(new RegExp(`#/containers/${await idOf('import-job')}/logs$`));

  await tray.choose('Settings…');
  await page.getByRole('link', { name: 'Notifications' }).click();
  const toggle = page.getByRole('switch', { name: 'Containers that stop by themselves' });
  await toggle.click({ force: true });
  await expect(toggle).not.toBeChecked();
  await closeWindow();
  await expect.poll(windows).toBe(0);
  await engine.cli(['run', '--detach', '--name', 'other-job', 'failing']);
  // The tray shows it, so a notification would have come by now.
  await expect.poll(tray.paths).toContainEqual(expect.stringMatching(/^other-job ended/));
  expect(await told()).toHaveLength(1);
});
