import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appEnvironment, electronRuntime, ROOT } from '../../harness/app';
import { openInElectron, type Window } from '../app';
import { expect, test } from '../fixtures';

let window: Window;

test.beforeEach(async ({ home, engine }) => {
  window = await openInElectron(home, engine.host);
  await expect(window.page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
});
test.afterEach(async () => {
  await window?.close();
});

test('a backend that dies is started again, and the page goes on', async ({ engine }) => {
  const { page } = window;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  const backendPid = () =>
    window.main.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Gantry backend')?.pid ?? 0,
    );
  const first = await backendPid();
  expect(first).toBeGreaterThan(0);
  process.kill(first, 'SIGKILL');
  await engine.cli(['create', '--name', 'after-the-crash', 'hello']);
  await expect(page.getByRole('row', { name: /after-the-crash/ })).toBeVisible();
  expect(await backendPid()).not.toBe(first);
  await engine.cli(['rm', 'after-the-crash']);
  await expect(page.getByRole('row', { name: /after-the-crash/ })).toHaveCount(0);
});

test('a second start shows the window that is there', async ({ home, engine }) => {
  const runtime = electronRuntime();
  if ('why' in runtime) throw new Error(runtime.why);
  await window.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '.'];
  const env = appEnvironment({ home, dockerHost: engine.host });
  const second = spawn(runtime.executable, args, { cwd: ROOT, env, stdio: 'ignore' });
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  const windows = await window.main.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((one) => one.isMinimized()),
  );
  expect(windows).toEqual([false]);
});

test('the window comes back where it was, and keeps its place for its owner only', async ({
  home,
  engine,
}) => {
  const place = { x: 60, y: 40, width: 1100, height: 700 };
  await window.main.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    place,
  );
  await window.close();
  const kept = JSON.parse(readFileSync(join(home, 'window.json'), 'utf8'));
  expect(kept.bounds).toMatchObject({ width: 1100, height: 700 });
  window = await openInElectron(home, engine.host);
  await expect(window.page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
  const bounds = await window.main.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  );
  expect(bounds).toEqual(kept.bounds);
});
