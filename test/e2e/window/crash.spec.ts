import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '../accessibility';
import { openInElectron, type Window } from '../app';
import { expect, test } from '../fixtures';

const reportsIn = (home: string, part: string) =>
  readdirSync(join(home, 'crashes')).filter((name) => name.endsWith(`-${part}.txt`));

/** Playwright reads no page again that has crashed, so this asks the window itself. */
const inPage = (window: Window, script: string): Promise<unknown> =>
  window.main.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
    script,
  );

/** Crashes the page, and waits until it is there again: what is asked of it in between gets no answer, ever. */
const crashPage = (window: Window) =>
  window.main.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => resolve());
        contents?.forcefullyCrashRenderer();
      }),
  );

const killBackend = async (window: Window) => {
  const pid = await window.main.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Gantry backend')?.pid ?? 0,
  );
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
};

/** Stands in for the desktop's dialog: keeps what it says, and chooses a button. */
const answerDialogs = (window: Window, button: string) =>
  window.main.evaluate(({ dialog }, label) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    Object.assign(dialog, {
      showMessageBox: async ({ message, buttons }: { message: string; buttons: string[] }) => {
        said.push(message);
        return { response: buttons.indexOf(label) };
      },
    });
  }, button);

const said = (window: Window): Promise<unknown> =>
  window.main.evaluate(() => Reflect.get(globalThis, 'said'));

test('after each crash Gantry is back where it was, tells of it once, and stops a loop', async ({
  home,
  engine,
}, testInfo) => {
  let window = await openInElectron(home, engine.host);
  try {
    const { page } = window;
    const told = page.getByRole('alertdialog').or(page.getByRole('status')).or(page.getByRole('alert'));

    await test.step('the background process: told, and the report is a click away', async () => {
      await page.getByRole('link', { name: 'Images', exact: true }).click();
      await killBackend(window);
      await expect(page.getByText('Gantry’s background process crashed and was started again')).toBeVisible();
      await expect(page.getByRole('heading', { name: 'Images', exact: true })).toBeVisible();
      await page.screenshot({ path: testInfo.outputPath('told.png') });
      await page.getByRole('button', { name: 'Show the report' }).click();
      const report = page.getByRole('region', { name: /^Report of the crash/ });
      await expect(report).toContainText('Its process ended with exit code');
      await expect(report).toContainText('Gantry starts');
      await expect(page.getByText(/checked just now/)).toBeVisible();
      await expectAccessible(page, 'Troubleshoot after a crash');
      await page.screenshot({ path: testInfo.outputPath('crashes.png') });
      expect(reportsIn(home, 'backend')).toHaveLength(1);
      await expect(told.getByText('crashed and was started again')).toHaveCount(0);
    });

    await test.step('Gantry itself: it asks to be started anew, and ends in an orderly way', async () => {
      await page.getByRole('link', { name: 'Volumes', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Volumes', exact: true })).toBeVisible();
      const asked = join(home, 'next-start.json');
      await window.main.evaluate(({ app }, file) => {
        // Stands in for the next Gantry, which the test starts itself.
        const relaunch = ({ args }: { args: string[] }) =>
          process.getBuiltinModule('node:fs').writeFileSync(file, JSON.stringify(args));
        Object.assign(app, { relaunch });
      }, asked);
      const ended = once(window.main.process(), 'exit');
      await window.main.evaluate(() => {
        setTimeout(() => {
          throw new Error('a fault made by the test, token=hunter2');
        });
      });
      await ended;
      expect(readFileSync(asked, 'utf8')).toMatch(/"--crashed-at=\d+"\]$/);
      const [name = ''] = reportsIn(home, 'main');
      const text = readFileSync(join(home, 'crashes', name), 'utf8');
      expect(text).toContain('a fault made by the test');
      expect(text).not.toContain('hunter2');
      window = await openInElectron(home, engine.host);
      await expect(window.page.getByText('Gantry crashed and was started again')).toBeVisible();
      await expect(window.page.getByRole('heading', { name: 'Volumes', exact: true })).toBeVisible();
    });

    await test.step('the page: opened again at its route', async () => {
      await crashPage(window);
      await expect.poll(() => inPage(window, 'document.body.innerText')).toContain('Gantry’s page crashed');
      expect(await inPage(window, 'location.hash')).toBe('#/volumes');
      expect(String(await inPage(window, 'document.body.innerText'))).not.toContain(
        'Gantry crashed and was started again',
      );
      expect(reportsIn(home, 'page')).toHaveLength(1);
    });

    await test.step('the third crash of the page in a minute is asked about', async () => {
      await answerDialogs(window, 'Try again');
      await crashPage(window);
      await expect.poll(() => inPage(window, 'document.body.innerText')).toContain('Gantry’s page crashed');
      expect(await said(window)).toEqual([]);
      await crashPage(window);
      await expect.poll(() => said(window)).toEqual(['Gantry’s page keeps crashing']);
      await expect.poll(() => inPage(window, 'location.hash')).toBe('#/volumes');
      expect(reportsIn(home, 'page')).toHaveLength(3);
    });
  } finally {
    await window.close();
  }
});
