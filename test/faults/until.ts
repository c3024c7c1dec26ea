import { setTimeout as pause } from 'node:timers/promises';

const againMs = 50;

/** Tries again until `look` gives something else than null, undefined or false. @throws Error naming what was awaited */
export async function until<T>(
  what: string,
  limitMs: number,
  look: () => Promise<T> | T,
): Promise<NonNullable<T>> {
  const end = performance.now() + limitMs;
  let last = '';
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await pause(againMs);
  }
  throw new Error(`Not within ${limitMs / 1000} s: ${what}. ${last}`);
}

/** Settles as `work` does. @throws Error when it does neither within the time: it hangs */
export async function settles(what: string, limitMs: number, work: Promise<unknown>): Promise<unknown> {
  const over = new AbortController();
  const hangs = pause(limitMs, null, { signal: over.signal }).then(() => {
    throw new Error(`It hangs: ${what}`);
  });
  try {
    return await Promise.race([
      work.then(
        () => null,
        (error: unknown) => error,
      ),
      hangs,
    ]);
  } finally {
    over.abort();
    hangs.catch(() => undefined);
  }
}
