import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type EngineAddress, startEngine, whyNoEngine } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The engine that all integration tests share, or why there is none. See test/harness/shared.ts. */
    engine: EngineAddress | { missing: string };
    /** An empty folder for the docker CLI's configuration. */
    dockerConfig: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const config = mkdtempSync(join(tmpdir(), 'gantry-test-cli-'));
  project.provide('dockerConfig', config);
  const missing = whyNoEngine();
  const engine = missing ? undefined : await startEngine();
  if (engine) {
    for (const name of ['hello', 'chatty', 'noshell', 'failing', 'layers'] as const) {
      await loadImage(engine, await fixtureImage(name), `gantry-test/${name}:latest`);
    }
  }
  project.provide(
    'engine',
    engine ? { socket: engine.socket, host: engine.host } : { missing: missing ?? '' },
  );
  return async () => {
    await engine?.stop();
    rmSync(config, { recursive: true, force: true });
  };
}
