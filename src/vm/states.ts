import { EventPublisher } from '@orpc/server';
import type { VmState } from '#contract';
import { restState } from './state';

/** The VM's state, and everybody who follows it. */
export class States {
  readonly #changes = new EventPublisher<{ state: VmState }>({ maxBufferedEvents: 1 });
  #now: VmState = restState;

  /** @param closed ends everybody's following */
  constructor(private readonly closed: AbortSignal) {}

  get now(): VmState {
    return this.#now;
  }

  /** The problem of the state before is over, unless the change names it. */
  set(change: Partial<VmState> & Pick<VmState, 'status'>): void {
    const since = change.status === this.#now.status ? this.#now.since : Date.now();
    this.replace({ ...this.#now, problem: null, ...change, since });
  }

  /** What somebody else knows it to be. */
  replace(state: VmState): void {
    this.#now = state;
    this.#changes.publish('state', state);
  }

  /** Changes what the next `set` tells. */
  amend(change: Pick<VmState, 'crashes'>): void {
    this.#now = { ...this.#now, ...change };
  }

  /** The present state first, then each change. */
  async *watch(signal?: AbortSignal): AsyncGenerator<VmState, undefined> {
    const ended = signal ? AbortSignal.any([signal, this.closed]) : this.closed;
    const changes = this.#changes.subscribe('state', { signal: ended });
    yield this.#now;
    try {
      for await (const state of changes) yield state;
    } catch (error) {
      if (!ended.aborted) throw error;
    }
    return undefined;
  }

  /** Calls `listener` with each change of the state. */
  onChange(listener: (state: VmState) => void): void {
    this.#changes.subscribe('state', listener);
  }
}
