import { createEngine, type Engine } from '#engine/index';
import type { Snapshot } from '#engine/projection';

/** An engine client for a test: no other engine of this computer is looked for. Ended with the test by `await using`. */
export function followEngine(host: string, env: NodeJS.ProcessEnv = {}): Engine & AsyncDisposable {
  const engine = createEngine({ host, around: { env, home: '/nonexistent', platform: 'linux' } });
  return { ...engine, [Symbol.asyncDispose]: () => engine.close() };
}

/** Waits for the projection to be as `check` wants it; the test's own time limit ends a wait for nothing. */
export async function until<T>(
  { projection }: Engine,
  check: (now: Snapshot) => T | null | undefined | false,
): Promise<T> {
  const owner = new AbortController();
  try {
    for await (const _batch of projection.watch(owner.signal)) {
      const found = check(projection.snapshot());
      if (found) return found;
    }
  } finally {
    owner.abort();
  }
  throw new Error('The projection ended');
}

export const loaded = (engine: Engine): Promise<true> => until(engine, (now) => now.loaded || null);

/** The container with this name, as it is shown. */
export const named = (now: Snapshot, name: string) =>
  [...now.containers.values()].find((container) => container.name === name);
