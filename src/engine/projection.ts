import { isDeepStrictEqual } from 'node:util';
import type { Container, EngineState, Image, Network, ProjectionBatch, Volume } from '#contract';
import { ProjectionReader } from './projection-reader';

/** The objects of an engine by kind; volumes are keyed by name, all others by id. */
export interface Kinds {
  containers: Container;
  images: Image;
  volumes: Volume;
  networks: Network;
}
export type Kind = keyof Kinds;
export type BusyVerb = NonNullable<Container['busy']>;

export interface Snapshot {
  readonly engine: EngineState;
  /** False until the first lists of this engine were read. */
  readonly loaded: boolean;
  readonly containers: ReadonlyMap<string, Container>;
  readonly images: ReadonlyMap<string, Image>;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly networks: ReadonlyMap<string, Network>;
}

export const kinds: readonly Kind[] = ['containers', 'images', 'volumes', 'networks'];

/** Objects of one kind: as the engine has them, without those that wait for their deletion. */
class Shelf<T> {
  readonly all = new Map<string, T>();
  readonly shown = new Map<string, T>();
  readonly hidden = new Set<string>();
}

/**
 * The engine's objects in memory, and who watches them. What changes marks its key for every reader; a reader
 * takes the present state of the marked keys when it is ready, so that a slow one never makes a queue grow.
 */
export class Projection {
  #engine: EngineState;
  #loaded = false;
  readonly #shelves: { [K in Kind]: Shelf<Kinds[K]> } = {
    containers: new Shelf(),
    images: new Shelf(),
    volumes: new Shelf(),
    networks: new Shelf(),
  };
  readonly #busy = new Map<string, BusyVerb>();
  readonly #readers = new Set<ProjectionReader>();

  constructor(engine: EngineState) {
    this.#engine = engine;
  }

  /** The present state. The maps are live: read them at once, do not keep them. */
  snapshot(): Snapshot {
    return {
      engine: this.#engine,
      loaded: this.#loaded,
      containers: this.#shelves.containers.shown,
      images: this.#shelves.images.shown,
      volumes: this.#shelves.volumes.shown,
      networks: this.#shelves.networks.shown,
    };
  }

  /** Everything at first, then what changes, at most one batch per 50 ms. Ends when `signal` aborts. */
  async *watch(signal: AbortSignal): AsyncGenerator<ProjectionBatch> {
    const reader = new ProjectionReader(this, signal);
    this.#readers.add(reader);
    try {
      yield* reader.batches();
    } finally {
      this.#readers.delete(reader);
      reader.close();
    }
  }

  /** Objects vanish from sight as if they were deleted; for deletions that can still be undone. */
  hide(kind: Kind, keys: Iterable<string>): void {
    this.#toggle(kind, keys, true);
  }

  unhide(kind: Kind, keys: Iterable<string>): void {
    this.#toggle(kind, keys, false);
  }

  /** Marks containers with what is being done to them; null when it is over. */
  setBusy(ids: Iterable<string>, verb: BusyVerb | null): void {
    for (const id of ids) {
      if (verb) this.#busy.set(id, verb);
      else this.#busy.delete(id);
      this.#show('containers', id);
    }
  }

  /** For the connection: a new status. */
  setEngine(engine: EngineState): void {
    if (isDeepStrictEqual(engine, this.#engine)) return;
    this.#engine = engine;
    for (const reader of this.#readers) reader.markEngine();
  }

  /** For the connection: everything there is, in place of what was known. */
  replaceAll(lists: { [K in Kind]: Kinds[K][] }): void {
    this.#fill('containers', lists.containers);
    this.#fill('images', lists.images);
    this.#fill('volumes', lists.volumes);
    this.#fill('networks', lists.networks);
    this.#loaded = true;
    for (const reader of this.#readers) reader.markReset();
  }

  /** For the connection: the engine is away, and what was known about it may be wrong by now. */
  forget(): void {
    if (!this.#loaded) return;
    for (const kind of kinds) this.#fill(kind, []);
    this.#busy.clear();
    this.#loaded = false;
    for (const reader of this.#readers) reader.markReset();
  }

  /** One object as the engine has it now. */
  set<K extends Kind>(kind: K, key: string, item: Kinds[K]): void {
    const shelf = this.#shelves[kind];
    const known = shelf.all.get(key);
    if (known !== undefined && isDeepStrictEqual(known, item)) return;
    shelf.all.set(key, item);
    this.#show(kind, key);
  }

  /** One object is gone. */
  drop(kind: Kind, key: string): void {
    const shelf = this.#shelves[kind];
    shelf.hidden.delete(key);
    if (kind === 'containers') this.#busy.delete(key);
    if (shelf.all.delete(key)) this.#show(kind, key);
  }

  /** All objects of one kind, in place of what was known of it. */
  replace<K extends Kind>(kind: K, items: Kinds[K][], keyOf: (item: Kinds[K]) => string): void {
    const keys = new Set(items.map(keyOf));
    for (const key of [...this.#shelves[kind].all.keys()]) if (!keys.has(key)) this.drop(kind, key);
    for (const item of items) this.set(kind, keyOf(item), item);
  }

  /** All containers that the engine has, with those that are hidden: a hidden one still holds its name and ports. */
  allContainers(): ReadonlyMap<string, Container> {
    return this.#shelves.containers.all;
  }

  #fill<K extends Kind>(kind: K, items: Kinds[K][]): void {
    const shelf = this.#shelves[kind];
    shelf.all.clear();
    shelf.shown.clear();
    for (const item of items) {
      const key = 'id' in item ? item.id : item.name;
      shelf.all.set(key, item);
      this.#show(kind, key);
    }
  }

  #toggle(kind: Kind, keys: Iterable<string>, hidden: boolean): void {
    const shelf = this.#shelves[kind];
    for (const key of keys) {
      if (hidden) shelf.hidden.add(key);
      else shelf.hidden.delete(key);
      this.#show(kind, key);
    }
  }

  /** Brings what readers see of one object up to date. */
  #show(kind: Kind, key: string): void {
    if (kind === 'containers') this.#showContainer(key);
    else this.#showAsItIs(kind, key);
    for (const reader of this.#readers) reader.mark(kind, key);
  }

  #showAsItIs(kind: Exclude<Kind, 'containers'>, key: string): void {
    const shelf: Shelf<Kinds[typeof kind]> = this.#shelves[kind];
    const item = shelf.all.get(key);
    if (item === undefined || shelf.hidden.has(key)) shelf.shown.delete(key);
    else shelf.shown.set(key, item);
  }

  #showContainer(id: string): void {
    const shelf = this.#shelves.containers;
    const item = shelf.all.get(id);
    const busy = this.#busy.get(id) ?? null;
    if (item === undefined || shelf.hidden.has(id)) shelf.shown.delete(id);
    else shelf.shown.set(id, busy ? { ...item, busy } : item);
  }
}
