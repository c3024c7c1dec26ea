/** Remembers answers for a while. Failures are not kept. */
export class TtlCache {
  readonly #entries = new Map<string, { until: number; value: unknown }>();

  constructor(private readonly most = 300) {}

  /** @param lifetimeMs how long an answer stays good */
  async remember<T>(key: string, lifetimeMs: number, ask: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    // A key belongs to one question, so its value has that question's type.
    if (known && known.until > Date.now()) return known.value as T;
    const value = await ask();
    this.#entries.delete(key);
    this.#entries.set(key, { until: Date.now() + lifetimeMs, value });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.most && !oldest.done) this.#entries.delete(oldest.value);
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
