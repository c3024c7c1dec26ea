import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './test/e2e/fixtures';

/**
 * Every test runs in both shells, the same renderer in a browser and in Electron's window, but for those of what only
 * one of them has (test/e2e/browser and test/e2e/window), and of how pages look, which the same Chromium draws in both.
 */
export default defineConfig<ShellOptions>({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Each test has an app and often an engine of its own; side by side they would only wait for the processor.
  workers: 1,
  retries: process.env.CI ? 2 : 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['./scripts/tally-playwright.mjs']],
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'chromium', testIgnore: 'window/**', use: { shell: 'browser' } },
    { name: 'electron', testIgnore: ['browser/**', 'views.spec.ts'], use: { shell: 'electron' } },
  ],
});
