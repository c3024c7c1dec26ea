import { dirname } from 'node:path';
import {
  _electron,
  type BrowserContext,
  chromium,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { within } from '#vm/within';
import { appEnvironment, electronRuntime, ROOT, serveApp } from '../harness/app';
import { findProgram } from '../harness/run';

export type Shell = 'browser' | 'electron';

/** Gantry, opened by a test in one of its shells. */
export interface OpenApp extends AsyncDisposable {
  page: Page;
  context: BrowserContext;
  close(): Promise<void>;
}

/** Bound on each click and the like, in ms: what it waits for is missing, and the test would only end later. */
const actionLimitMs = 30_000;

/** Bound on the end of Electron, which gives its backend 17 seconds, in ms. */
const endLimitMs = 60_000;

const asRoot = process.getuid?.() === 0;
export const browserProgram = () => findProgram('chromium', 'chromium-browser', 'google-chrome');

/** Why a shell cannot run here; undefined when it can. */
export function whyNoShell(shell: Shell): string | undefined {
  if (shell === 'browser') return browserProgram() ? undefined : 'Chromium is not installed';
  const runtime = electronRuntime();
  if ('why' in runtime) return `Electron is not available: ${runtime.why}`;
  if (process.platform === 'linux' && !process.env.DISPLAY) return 'there is no display';
  return undefined;
}

async function openInBrowser(home: string, dockerHost?: string): Promise<OpenApp> {
  const server = await serveApp({ home, dockerHost });
  const browser = await chromium.launch({ executablePath: browserProgram() });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(actionLimitMs);
  const page = await context.newPage();
  await page.goto(server.url);
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  return { page, context, close, [Symbol.asyncDispose]: close };
}

/** Gantry's own window, for what only it can do. */
export interface Window extends OpenApp {
  /** Electron's main process; all others of the app descend from it. */
  pid: number;
  hide(): Promise<void>;
  /** Electron's main process, to look into and to put stand-ins into. */
  main: ElectronApplication;
}

/** Gantry in Electron, with or without a window. */
type Electron = Pick<Window, 'main' | 'close'> & AsyncDisposable;

/** @param home its GANTRY_HOME @param options `args`, `env`: beside what every test's Gantry gets */
export async function startElectron(
  home: string,
  dockerHost?: string,
  { args = [], env }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<Electron> {
  const runtime = electronRuntime();
  if ('why' in runtime) throw new Error(runtime.why);
  // Not by `executablePath`: Playwright then puts nothing into the app that holds it back until the debugger is
  // attached, and on a busy machine waits for ever for a window that was opened before.
  if (process.platform !== 'darwin') process.env.ELECTRON_OVERRIDE_DIST_PATH = dirname(runtime.executable);
  const app = await _electron.launch({
    args: [...(asRoot ? ['--no-sandbox'] : []), '.', ...args],
    cwd: ROOT,
    env: appEnvironment({ home, dockerHost, env }),
  });
  app.context().setDefaultTimeout(actionLimitMs);
  // Otherwise an app that does not end holds up all tests that follow.
  const close = async () => {
    if (await within(endLimitMs, app.close())) return;
    app.process().kill('SIGKILL');
    throw new Error(`Gantry did not end within ${endLimitMs / 1000} s`);
  };
  return { main: app, close, [Symbol.asyncDispose]: close };
}

/** Opens Gantry in Electron, which must show its window. Parameters as for `startElectron`. */
export async function openInElectron(
  home: string,
  dockerHost?: string,
  env?: Record<string, string>,
): Promise<Window> {
  const electron = await startElectron(home, dockerHost, { env });
  const { main } = electron;
  return {
    ...electron,
    page: await main.firstWindow(),
    context: main.context(),
    pid: main.process().pid ?? 0,
    hide: () => main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide()),
  };
}

/** Opens Gantry on an engine. @param home its GANTRY_HOME */
export const openWith = (shell: Shell, home: string, dockerHost: string): Promise<OpenApp> =>
  (shell === 'electron' ? openInElectron : openInBrowser)(home, dockerHost);

/** Opens Gantry on a computer that has no engine, unless one is at a place where Gantry looks. */
export const openWithout = (shell: Shell, home: string): Promise<OpenApp> =>
  (shell === 'electron' ? openInElectron : openInBrowser)(home);
