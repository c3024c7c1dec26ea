import { openLink } from './transport';

const firstPauseMs = 100;
const longestPauseMs = 5000;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });

/** Reads a stream to its end, or until `signal` aborts, which also ends it in the backend. */
export async function readStream<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onItem: (item: T) => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const item of await open(signal)) {
    if (signal.aborted) return;
    onItem(item);
  }
}

/** Keeps reading a stream that should never end: opens it again after the backend came back. */
export async function followForever<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onItem: (item: T) => void,
  signal: AbortSignal,
): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    try {
      await openLink(signal);
      await readStream(
        open,
        (item) => {
          pauseMs = firstPauseMs;
          onItem(item);
        },
        signal,
      );
    } catch (error) {
      if (signal.aborted) return;
      console.warn('A stream of the backend ended and is opened again', error);
    }
    await pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

/** Follows a stream of the backend while the page is visible. Returns what ends it. */
export const followWhileVisible = <T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onItem: (item: T) => void,
): (() => void) => whileVisible((signal) => void followForever(open, onItem, signal));

/**
 * Runs `work` while the page is visible and stops it while it is hidden, so that a hidden Gantry asks the
 * engine for nothing. Returns what ends it for good.
 */
export function whileVisible(work: (signal: AbortSignal) => void): () => void {
  let running: AbortController | null = null;
  const update = () => {
    if (document.visibilityState === 'visible' && !running) {
      running = new AbortController();
      work(running.signal);
    } else if (document.visibilityState === 'hidden' && running) {
      running.abort();
      running = null;
    }
  };
  document.addEventListener('visibilitychange', update);
  update();
  return () => {
    document.removeEventListener('visibilitychange', update);
    running?.abort();
  };
}
