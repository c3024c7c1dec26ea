import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/**
 * Six suites: `unit` needs nothing, `integration` needs a real engine and registry (root, Linux), `package` makes the
 * packages and installs one (root, Debian), `vm` and `idle` start Gantry's VM, `battery` drives the docker CLI against it
 * and, as a control, against an ordinary engine (`npm run battery`: too long under emulation for `npm test`).
 */
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
      {
        test: {
          name: 'package',
          include: ['test/package/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/package/packages.setup.ts'],
          // The package manager works on a few hundred megabytes.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'vm',
          include: ['test/vm/*.test.ts'],
          exclude: ['test/vm/idle.test.ts'],
          environment: 'node',
          // A VM under software emulation takes all processors. Each case names its own time limit.
          maxWorkers: 1,
          // On the shared two cores of the build server; what needs it is named (scripts/tally-vitest.mjs).
          retry: process.env.CI ? 2 : 0,
          // A cold boot, and the images of the cases loaded through it.
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'idle',
          include: ['test/vm/idle.test.ts'],
          environment: 'node',
          retry: process.env.CI ? 2 : 0,
          // A cold boot, and an orderly end, on a computer that is busy with others.
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'battery',
          include: ['test/vm/battery/*.test.ts'],
          environment: 'node',
          maxWorkers: 1,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
