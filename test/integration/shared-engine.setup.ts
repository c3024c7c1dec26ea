import type { TestProject } from 'vitest/node';
import { type EngineAddress, startEngine, whyNoEngine } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The engine that all integration tests share, or why there is none. See test/harness/shared.ts. */
    engine: EngineAddress | { missing: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = whyNoEngine();
  if (missing) {
    project.provide('engine', { missing });
    return async () => undefined;
  }
  const engine = await startEngine();
  for (const name of ['hello', 'chatty', 'noshell', 'failing', 'layers'] as const) {
    await loadImage(engine, await fixtureImage(name), `gantry-test/${name}:latest`);
  }
  const { socket, host, configFolder } = engine;
  project.provide('engine', { socket, host, configFolder });
  return () => engine.stop();
}
