import { isDeepStrictEqual } from 'node:util';

/** What a feed hands on: gathered between two reads, so that a slow reader gets fewer and larger items. */
export interface FeedSource<T> {
  /** What is there for the reader now; undefined when nothing is. */
  take(): T | undefined;
  /** Ends the source. Called once, however the feed ends. */
  close(): void;
}

/**
 * An async iterator over what a source gathers, at most one item per `paceMs`. Leaving the loop, `signal` and
 * the source's own end all close it at once, also while a read is waiting; a generator would close only after
 * its pending await.
 */
export class Feed<T> implements AsyncIteratorObject<T, undefined> {
  private waiting: ((result: IteratorResult<T, undefined>) => void) | null = null;
  private failWaiting: ((error: unknown) => void) | null = null;
  private timer: NodeJS.Timeout | undefined;
  private lastAt = 0;
  private state: 'open' | 'ending' | 'closed' = 'open';
  private error: unknown;

  constructor(
    private readonly source: FeedSource<T>,
    private readonly paceMs: number,
    private readonly signal?: AbortSignal,
  ) {
    if (signal?.aborted) this.close();
    else signal?.addEventListener('abort', this.close, { once: true });
  }

  /** The source has something new. */
  readonly wake = (): void => {
    if (!this.waiting || this.timer) return;
    const pause = this.lastAt + this.paceMs - Date.now();
    if (pause > 0 && this.state === 'open') {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.deliver();
      }, pause);
    } else this.deliver();
  };

  /** The source will bring nothing more: the reader gets what is left, then the end or the error. */
  finish(error?: unknown): void {
    if (this.state !== 'open') return;
    this.state = 'ending';
    this.error = error;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.deliver();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.state === 'closed') return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.waiting = resolve;
      this.failWaiting = reject;
      this.wake();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  private deliver(): void {
    if (!this.waiting) return;
    const value = this.source.take();
    if (value !== undefined) {
      this.lastAt = Date.now();
      this.settle({ done: false, value });
    } else if (this.state === 'ending') {
      const { error, failWaiting } = this;
      if (error === undefined) this.close();
      else {
        this.waiting = null;
        this.close();
        failWaiting?.(error);
      }
    }
  }

  private settle(result: IteratorResult<T, undefined>): void {
    const waiting = this.waiting;
    this.waiting = null;
    this.failWaiting = null;
    waiting?.(result);
  }

  private readonly close = (): void => {
    if (this.state === 'closed') return;
    this.state = 'closed';
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.close);
    this.source.close();
    this.settle({ done: true, value: undefined });
  };
}

/**
 * What `read` gives, at first and whenever it has changed, at most one item per `paceMs`.
 * @param follow calls `wake` when there is a reason to read again, until its signal aborts
 */
export function changesOf<T>(
  read: () => T,
  paceMs: number,
  follow: (wake: () => void, over: AbortSignal) => void,
  signal?: AbortSignal,
): Feed<T> {
  const over = new AbortController();
  let last: { value: T } | null = null;
  const take = () => {
    const value = read();
    if (last && isDeepStrictEqual(value, last.value)) return undefined;
    last = { value };
    return value;
  };
  const feed = new Feed({ take, close: () => over.abort() }, paceMs, signal);
  follow(feed.wake, over.signal);
  return feed;
}

/** Reads a stream until it ends. */
export async function each<T>(stream: AsyncIterable<T>, onItem: (item: T) => void): Promise<void> {
  for await (const item of stream) onItem(item);
}
