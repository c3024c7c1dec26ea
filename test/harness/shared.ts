import { describe, inject, type TestContext } from 'vitest';
import { dockerCli, type EngineAddress, type TestEngine, whyNoEngine } from './engine';

/**
 * The engine that all integration tests share. It has the images gantry-test/hello, chatty, noshell, failing and
 * layers. A test names what it makes after itself and deletes it; a test that ends or floods its engine starts its
 * own (startEngine). Where no engine can run, the test is skipped with the reason.
 */
export function sharedEngine(test: TestContext): EngineAddress & Pick<TestEngine, 'cli'> {
  const engine = inject('engine');
  if ('missing' in engine) return test.skip(engine.missing);
  return { ...engine, cli: dockerCli(engine) };
}

/** A suite that starts engines of its own. Where none can run it is skipped, with the reason in its name. */
export function describeWithEngine(name: string, suite: () => void): void {
  const missing = whyNoEngine();
  if (missing) describe.skip(`${name} (${missing})`, () => suite());
  else describe(name, () => suite());
}
