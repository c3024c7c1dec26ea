import type { ProjectionBatch } from '#contract';
import type { Kind, Kinds, Projection } from './projection';

/** A reader gets at most one batch in this time, the first one at once. */
const PAUSE_MS = 50;

/** What one reader of the projection has not seen yet: keys only, so it never needs more room than the objects. */
export class ProjectionReader {
  #reset = true;
  #engine = false;
  readonly #keys: { [K in Kind]: Set<string> } = {
    containers: new Set(),
    images: new Set(),
    volumes: new Set(),
    networks: new Set(),
  };
  #wake: (() => void) | null = null;
  readonly #onAbort = () => this.#wake?.();

  constructor(
    private readonly projection: Projection,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.#onAbort);
  }

  mark(kind: Kind, key: string): void {
    // The reset that is due tells everything.
    if (!this.#reset) this.#keys[kind].add(key);
    this.#wake?.();
  }

  markEngine(): void {
    this.#engine = true;
    this.#wake?.();
  }

  markReset(): void {
    this.#reset = true;
    this.#wake?.();
  }

  async *batches(): AsyncGenerator<ProjectionBatch> {
    while (!this.signal.aborted) {
      const batch = this.#take();
      if (!batch) {
        await this.#something();
        continue;
      }
      const taken = performance.now();
      yield batch;
      await this.#pause(PAUSE_MS - (performance.now() - taken));
    }
  }

  close(): void {
    this.signal.removeEventListener('abort', this.#onAbort);
  }

  #take(): ProjectionBatch | null {
    const now = this.projection.snapshot();
    if (this.#reset) {
      this.#reset = false;
      this.#engine = false;
      for (const keys of Object.values(this.#keys)) keys.clear();
      return {
        type: 'reset',
        engine: now.engine,
        loaded: now.loaded,
        containers: [...now.containers.values()],
        images: [...now.images.values()],
        volumes: [...now.volumes.values()],
        networks: [...now.networks.values()],
      };
    }
    const containers = this.#change('containers', now.containers);
    const images = this.#change('images', now.images);
    const volumes = this.#change('volumes', now.volumes);
    const networks = this.#change('networks', now.networks);
    const engine = this.#engine ? now.engine : undefined;
    this.#engine = false;
    if (!engine && !containers && !images && !volumes && !networks) return null;
    return {
      type: 'patch',
      ...(engine && { engine }),
      ...(containers && { containers }),
      ...(images && { images }),
      ...(volumes && { volumes }),
      ...(networks && { networks }),
    };
  }

  #change<K extends Kind>(kind: K, shown: ReadonlyMap<string, Kinds[K]>) {
    const keys = this.#keys[kind];
    if (!keys.size) return undefined;
    const set: Kinds[K][] = [];
    const gone: string[] = [];
    for (const key of keys) {
      const item = shown.get(key);
      if (item === undefined) gone.push(key);
      else set.push(item);
    }
    keys.clear();
    return { set, gone };
  }

  #something(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = null;
        resolve();
      };
    });
  }

  #pause(ms: number): Promise<void> {
    if (ms <= 0 || this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.signal.addEventListener('abort', done);
    });
  }
}
