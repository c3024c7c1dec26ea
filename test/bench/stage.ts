import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInElectron, type Window } from '../e2e/app';
import { writeSettings } from '../harness/app';
import { createContainer } from '../harness/create';
import { startEngine, type TestEngine } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';

/** A real engine with the image `hello`. */
export async function engineWithHello(): Promise<TestEngine> {
  const engine = await startEngine();
  await loadImage(engine, await fixtureImage('hello'), 'hello:latest');
  return engine;
}

/** Gantry's window on an engine, with a home of its own that goes with it. */
export async function openGantry(dockerHost: string, env?: Record<string, string>): Promise<Window> {
  const home = await mkdtemp(join(tmpdir(), 'gantry-bench-'));
  writeSettings(home);
  const opened = await openInElectron(home, dockerHost, env);
  const close = async () => {
    await opened.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { ...opened, close, [Symbol.asyncDispose]: close };
}

/** `count` containers, created and not running: `bench-0000` and so on. */
export async function createContainers(engine: TestEngine, count: number): Promise<void> {
  const waiting = Array.from({ length: count }, (_, index) => `bench-${String(index).padStart(4, '0')}`);
  const work = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      await createContainer(engine, name, { Image: 'hello' });
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
}
