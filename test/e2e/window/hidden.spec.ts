import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { appEnvironment, electronRuntime, ROOT, writeSettings } from '../../harness/app';
import { run } from '../../harness/run';
import { noPanel, openTrayPanel, type TrayPanel, whyNoPanel } from '../../harness/tray-panel';
import { startElectron } from '../app';
import { expect, test } from '../fixtures';

const atLogin = ['--hidden'];

const windows = (main: ElectronApplication) =>
  main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** Starts Gantry once more on the same home, as a desktop does. Resolves when this second start has ended. */
async function startAgain(env: Record<string, string>, args: string[] = []): Promise<void> {
  const runtime = electronRuntime();
  if ('why' in runtime) throw new Error(runtime.why);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(runtime.executable, [...asRoot, '.', ...args], { cwd: ROOT, env, stdio: 'ignore' });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
}

test.describe('with a tray', () => {
  let panel: TrayPanel;
  let env: Record<string, string>;

  test.beforeEach(async () => {
    const why = whyNoPanel();
    test.skip(why !== undefined, why ?? '');
    panel = await openTrayPanel();
    env = { DBUS_SESSION_BUS_ADDRESS: panel.address };
  });
  test.afterEach(async () => {
    await panel?.[Symbol.asyncDispose]();
  });

  test('a start at login opens no window, and `gantry open` brings it', async ({ home, engine }) => {
    await using gantry = await startElectron(home, engine.host, { args: atLogin, env });
    await expect.poll(() => panel.icons.length, 'the tray has the icon').toBe(1);
    expect(await windows(gantry.main)).toBe(0);
    await expect.poll(() => existsSync(join(home, 'window-program.json'))).toBe(true);
    const opened = gantry.main.waitForEvent('window');
    const surroundings = appEnvironment({ home, env });
    await run(process.execPath, [`${ROOT}/out/cli/gantry.js`, 'open', 'troubleshoot'], { env: surroundings });
    const page = await opened;
    await expect(page.getByRole('heading', { name: 'Troubleshoot' })).toBeVisible();
    // A second start at login, as after the session's restart, takes nobody's keyboard.
    await gantry.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => windows(gantry.main)).toBe(0);
    await startAgain(surroundings, atLogin);
    expect(await windows(gantry.main)).toBe(0);
  });

  test('a start opens no window where the settings say so, and a second one does', async ({
    home,
    engine,
  }) => {
    writeSettings(home, { openWindow: false });
    await using gantry = await startElectron(home, engine.host, { env });
    await expect.poll(() => panel.icons.length, 'the tray has the icon').toBe(1);
    expect(await windows(gantry.main)).toBe(0);
    const opened = gantry.main.waitForEvent('window');
    await startAgain(appEnvironment({ home, dockerHost: engine.host, env }));
    const page = await opened;
    await expect(page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
  });
});

test('a start at login opens no window where the panel comes after it', async ({ home, engine }) => {
  const why = whyNoPanel();
  test.skip(why !== undefined, why ?? '');
  await using panel = await openTrayPanel({ late: true });
  const env = { DBUS_SESSION_BUS_ADDRESS: panel.address };
  await using gantry = await startElectron(home, engine.host, { args: atLogin, env });
  await expect.poll(() => existsSync(join(home, 'window-program.json'))).toBe(true);
  await panel.come();
  await expect.poll(() => panel.icons.length, 'the tray has the icon').toBe(1);
  expect(await windows(gantry.main)).toBe(0);
});

test('without a tray a start at login opens the window: nothing else would lead to it', async ({
  home,
  engine,
}) => {
  const env = { DBUS_SESSION_BUS_ADDRESS: noPanel };
  await using gantry = await startElectron(home, engine.host, { args: atLogin, env });
  const page = await gantry.main.firstWindow();
  await expect(page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
});
