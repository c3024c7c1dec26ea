import { createRouterClient } from '@orpc/server';
import { dataFolder } from '#backend/folders';
import { createBackend } from '#backend/index';
import type { Client } from '#contract';
import { tellProblem } from './problem-text';

/** Runs `work` with Gantry's procedures, and prints a problem as sentences. Exit code 1 when there is one. */
export async function withGantry(work: (client: Client) => Promise<void>): Promise<void> {
  const backend = createBackend(dataFolder());
  try {
    await work(createRouterClient(backend.router));
  } catch (error) {
    tellProblem(error);
  } finally {
    await backend.close();
  }
}
