import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Two suites: `unit` needs nothing, `integration` needs a real engine and registry (root, Linux). */
export default defineConfig({
  test: {
    // Ending the shared engine with all its containers.
    teardownTimeout: 60_000,
    projects: [
      {
        plugins: [react()],
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/integration/shared-engine.setup.ts'],
          // Engines do the work in these tests: more workers than this only wait for the processor.
          maxWorkers: 2,
          // On the shared two cores of the build server; what needs it is named (scripts/tally-vitest.mjs).
          retry: process.env.CI ? 2 : 0,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
