import type { ActivityEntry } from '#contract';
import type { EngineEvent } from './events';

const KEPT = 100;

const exitCode = ({ attributes }: EngineEvent) => attributes.exitCode ?? '0';

/** How each event reads, after the object's name was put in; null for what would only be noise. */
const sentences: Record<
  EngineEvent['kind'],
  Record<string, (name: string, event: EngineEvent) => string | null>
> = {
  container: {
    create: (name) => `Created ${name}`,
    start: (name) => `Started ${name}`,
    die: (name, event) =>
      exitCode(event) === '0' ? `${name} finished` : `${name} ended with exit code ${exitCode(event)}`,
    oom: (name) => `${name} ran out of memory`,
    pause: (name) => `Paused ${name}`,
    unpause: (name) => `Continued ${name}`,
    rename: (name, { attributes }) => `Renamed ${(attributes.oldName ?? '').replace(/^\//, '')} to ${name}`,
    destroy: (name) => `Deleted ${name}`,
    update: (name) => `Changed the limits of ${name}`,
    health_status: (name, { detail }) =>
      detail === 'healthy' ? `${name} is healthy` : detail === 'unhealthy' ? `${name} is unhealthy` : null,
  },
  image: {
    pull: (name) => `Downloaded ${name}`,
    tag: (name) => `Tagged ${name}`,
    untag: (name) => `Removed the name ${name}`,
    delete: (name) => `Deleted the image ${name}`,
    import: (name) => `Imported ${name}`,
    load: (name) => `Loaded ${name}`,
  },
  volume: {
    create: (name) => `Created the volume ${name}`,
    destroy: (name) => `Deleted the volume ${name}`,
  },
  network: {
    create: (name) => `Created the network ${name}`,
    destroy: (name) => `Deleted the network ${name}`,
    remove: (name) => `Deleted the network ${name}`,
  },
};

const shortName = (id: string) =>
  /^(?:sha256:)?[0-9a-f]{64}$/.test(id) ? id.replace('sha256:', '').slice(0, 12) : id;

/** Signals with which docker stops a container on request: its exit is then no failure. */
const askedToEnd = new Set(['130', '137', '143']);

/** What an event reads like in the list of what happened; null when it is not worth a line. */
export function activityOf(event: EngineEvent, asked: boolean): Omit<ActivityEntry, 'id' | 'engine'> | null {
  // A pull names the reference as the object, and only its repository as the name.
  const name = shortName(event.action === 'pull' ? event.id : event.attributes.name || event.id);
  const stopped =
    event.action === 'die' && asked && (exitCode(event) === '0' || askedToEnd.has(exitCode(event)));
  const title = stopped ? `Stopped ${name}` : sentences[event.kind][event.action]?.(name, event);
  if (!title) return null;
  const failed =
    event.action === 'oom' ||
    (event.action === 'die' && exitCode(event) !== '0' && !stopped) ||
    (event.action === 'health_status' && event.detail === 'unhealthy');
  return { at: event.at, kind: event.kind, action: event.action, title, failed, asked, target: event.id };
}

/** The newest events of the connected engines in words. */
export class Activity {
  readonly #entries: ActivityEntry[] = [];
  /** Containers that got a signal and have not ended yet: their end was asked for. */
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<(entry: ActivityEntry) => void>();
  #count = 0;

  /** @param engine its Docker host */
  note(event: EngineEvent, engine: string): void {
    if (event.kind === 'container') {
      if (event.action === 'kill') this.#asked.add(event.id);
      if (event.action === 'destroy') this.#asked.delete(event.id);
    }
    const described = activityOf(event, this.#asked.has(event.id));
    if (event.action === 'die') this.#asked.delete(event.id);
    if (described) this.#add({ ...described, engine });
  }

  /** Something about the engine itself, which it cannot tell: that it went and came. */
  noteEngine({ host, ...what }: { host: string; action: string; title: string; failed: boolean }): void {
    this.#add({ engine: host, at: Date.now(), kind: 'engine', ...what, asked: false, target: '' });
  }

  /** The newest 100 as the first batch, then each new one. Ends when `signal` aborts. */
  async *watch(signal: AbortSignal): AsyncGenerator<ActivityEntry[]> {
    let waiting = [...this.#entries];
    let wake: () => void = () => undefined;
    const listen = (entry: ActivityEntry) => {
      // A reader that is slower than the engine gets the newest only, as one that comes later would.
      waiting = [...waiting, entry].slice(-KEPT);
      wake();
    };
    const abort = () => wake();
    this.#listeners.add(listen);
    signal.addEventListener('abort', abort);
    try {
      let first = true;
      while (!signal.aborted) {
        if (waiting.length || first) {
          const batch = waiting;
          waiting = [];
          first = false;
          yield batch;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      this.#listeners.delete(listen);
      signal.removeEventListener('abort', abort);
    }
  }

  #add(described: Omit<ActivityEntry, 'id'>): void {
    const entry = { id: String(++this.#count), ...described };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
    for (const listen of this.#listeners) listen(entry);
  }
}
