interface Work {
  urgent: boolean;
  running: boolean;
  /** Touched again while under way: once more afterwards. */
  again: boolean;
  /** The object went while it was looked at: the answer is old. */
  dropped: boolean;
  done: (() => void)[];
}

interface RefresherOptions {
  atOnce: number;
  /** Reads the object's state; what it gives back shows that state. */
  look: (key: string) => Promise<() => void>;
  onFailure: (error: unknown) => void;
}

/**
 * Looks objects up one by one, a few at once, and each at most once at a time: a hundred events about one object
 * lead to two look-ups, the one under way and one that sees the end.
 */
export class Refresher {
  readonly #work = new Map<string, Work>();
  readonly #urgent: string[] = [];
  readonly #patient: string[] = [];
  #running = 0;

  constructor(private readonly options: RefresherOptions) {}

  /** Resolves when a look-up that began after this call was shown, or failed. */
  touch(key: string, { urgent }: { urgent: boolean }): Promise<void> {
    return new Promise((resolve) => {
      const known = this.#work.get(key);
      if (!known) {
        this.#work.set(key, { urgent, running: false, again: false, dropped: false, done: [resolve] });
        this.#queue(key, urgent);
      } else if (known.running) {
        known.again = true;
        known.done.push(resolve);
      } else {
        known.done.push(resolve);
        if (urgent && !known.urgent) {
          known.urgent = true;
          this.#urgent.push(key);
        }
      }
      this.#next();
    });
  }

  /** The object is gone: what is asked about it now will be an old answer. */
  forget(key: string): void {
    const work = this.#work.get(key);
    if (!work) return;
    if (work.running) work.dropped = true;
    else this.#finish(key, work);
  }

  #queue(key: string, urgent: boolean): void {
    if (urgent) this.#urgent.push(key);
    else this.#patient.push(key);
  }

  #next(): void {
    while (this.#running < this.options.atOnce) {
      const key = this.#urgent.shift() ?? this.#patient.shift();
      if (key === undefined) return;
      const work = this.#work.get(key);
      // In the other queue it was more urgent, or it is gone.
      if (work && !work.running) void this.#run(key, work);
    }
  }

  async #run(key: string, work: Work): Promise<void> {
    work.running = true;
    work.again = false;
    const waiting = work.done.splice(0);
    this.#running++;
    try {
      const show = await this.options.look(key);
      if (!work.dropped) show();
    } catch (error) {
      this.options.onFailure(error);
    }
    this.#running--;
    work.running = false;
    work.dropped = false;
    for (const done of waiting) done();
    if (work.again) this.#queue(key, true);
    else this.#finish(key, work);
    this.#next();
  }

  #finish(key: string, work: Work): void {
    this.#work.delete(key);
    for (const done of work.done) done();
  }
}
