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

/**
 * What `work` fails with, null when it succeeds. The result may be awaited later.
 * @throws Error when it does neither within the time: it hangs
 */
export function settles(what: string, limitMs: number, work: Promise<unknown>): Promise<unknown> {
  const settled = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It hangs: ${what}`)), limitMs);
    work.then(
      () => resolve(null),
      (error: unknown) => resolve(error),
    );
    work.finally(() => clearTimeout(timer)).catch(() => undefined);
  });
  // Awaited by the caller; what fails in between must not end everything.
  settled.catch(() => undefined);
  return settled;
}
