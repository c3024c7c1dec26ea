import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { writeSettings } from '../harness/app';
import { startEngine, type TestEngine, whyNoEngine } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';
import { startRegistry, type TestRegistry } from '../harness/registry';
import { type OpenApp, openWith, type Shell, whyNoShell } from './app';

export interface ShellOptions {
  /** Where the app runs: set by the project in playwright.config.ts. */
  shell: Shell;
  /** Whether Gantry was never started before. */
  newcomer: boolean;
}

interface Fixtures {
  /** Skips the test, with the reason, where its shell or an engine cannot run. */
  runnable: undefined;
  /** Gantry's data folder (GANTRY_HOME), new for each test; empty for a newcomer. */
  home: string;
  /** Opens the app in the project's shell, on the given home; closed at the end of the test. For restarts. */
  openApp(): Promise<OpenApp>;
  /** The app's window, open and connected to `engine`. */
  page: Page;
}

interface WorkerFixtures {
  /** A real engine with the fixture images hello, chatty, noshell, failing and layers, all `:latest`. */
  engine: TestEngine;
  /** A real registry with team/hello (1.0, 1.1, latest), team/chatty (latest) and team/bigpull (latest). */
  registry: TestRegistry;
}

export const test = base.extend<Fixtures & ShellOptions, WorkerFixtures>({
  shell: ['browser', { option: true }],
  newcomer: [false, { option: true }],

  runnable: [
    async ({ shell }, use, testInfo) => {
      const why = whyNoShell(shell) ?? whyNoEngine();
      testInfo.skip(why !== undefined, why ?? '');
      await use(undefined);
    },
    { auto: true },
  ],

  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern.
    async ({}, use) => {
      const engine = await startEngine();
      for (const name of ['hello', 'chatty', 'noshell', 'failing', 'layers'] as const) {
        await loadImage(engine, await fixtureImage(name), `${name}:latest`);
      }
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  registry: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern.
    async ({}, use) => {
      const registry = await startRegistry();
      await registry.push(await fixtureImage('hello'), 'team/hello', '1.0', '1.1', 'latest');
      await registry.push(await fixtureImage('chatty'), 'team/chatty', 'latest');
      await registry.push(await fixtureImage('bigpull'), 'team/bigpull', 'latest');
      await use(registry);
      await registry.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  home: async ({ newcomer }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'gantry-test-home-'));
    if (!newcomer) writeSettings(home);
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },

  openApp: async ({ shell, home, engine }, use, testInfo) => {
    const open: OpenApp[] = [];
    await use(async () => {
      const app = await openWith(shell, home, engine.host);
      open.push(app);
      await app.context.tracing.start({ screenshots: true, snapshots: true });
      return app;
    });
    const failed = testInfo.status !== testInfo.expectedStatus;
    for (const [index, app] of open.entries()) {
      try {
        // A test that closes its app itself has nothing left to show.
        if (failed && !app.page.isClosed()) {
          await app.page.screenshot({ path: testInfo.outputPath(`window-${index}.png`) });
          await app.context.tracing.stop({ path: testInfo.outputPath(`trace-${index}.zip`) });
        }
      } finally {
        // Also one that does not even show itself any more: what it has open would keep the engine from its end.
        await app.close();
      }
    }
  },

  page: async ({ openApp }, use) => {
    const { page } = await openApp();
    // Electron gives its window before the page has run: keys that are pressed then reach nobody.
    await expect(page.getByRole('button', { name: /^Engine: / })).toContainText(/Engine \d/);
    await use(page);
  },
});

export { expect };
