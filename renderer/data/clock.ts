import { useSyncExternalStore } from 'react';

/** Relative times ("3 h", "20 min ago") are wrong by at most this much. */
const STEP_MS = 15_000;

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  if (document.visibilityState === 'hidden') return;
  now = Date.now();
  for (const listener of listeners) listener();
}

function present(): number {
  // Nobody looked for a while: the first look must not see an old time.
  if (listeners.size === 0) now = Date.now();
  return now;
}

/** Milliseconds since 1970 in steps of 15 s: one timer for the whole window, none while nothing shows a time. */
export const useClock = (): number => useSyncExternalStore(subscribe, present);
