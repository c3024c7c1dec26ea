/**
 * Lets many pass together, or one alone; in the order in which they came, so that neither waits for ever.
 */
export class Gate {
  /** How many are inside; one that is alone there counts as -1. */
  #inside = 0;
  readonly #waiting: { alone: boolean; enter: () => void }[] = [];

  together<T>(act: () => Promise<T>): Promise<T> {
    return this.#pass(false, act);
  }

  alone<T>(act: () => Promise<T>): Promise<T> {
    return this.#pass(true, act);
  }

  async #pass<T>(alone: boolean, act: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting.push({ alone, enter });
      this.#admit();
    });
    try {
      return await act();
    } finally {
      this.#inside = alone ? 0 : this.#inside - 1;
      this.#admit();
    }
  }

  #admit(): void {
    for (;;) {
      const next = this.#waiting[0];
      if (!next || this.#inside < 0 || (next.alone && this.#inside > 0)) return;
      this.#waiting.shift();
      this.#inside = next.alone ? -1 : this.#inside + 1;
      next.enter();
    }
  }
}
