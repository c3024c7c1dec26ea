import { EventPublisher } from '@orpc/server';
import type { BootStep, VmState } from '#contract';
import { restState } from './state';

/** When each step of a start began, in milliseconds after the start. */
export type TimeLine = { step: BootStep; atMs: number }[];

/** The VM's state, and everybody who follows it. */
export class States {
  readonly #changes = new EventPublisher<{ state: VmState }>({ maxBufferedEvents: 1 });
  #now: VmState = restState;
  #begun: TimeLine = [];

  /** @param closed ends everybody's following */
  constructor(private readonly closed: AbortSignal) {}

  get now(): VmState {
    return this.#now;
  }

  /** The steps so far of the start that is under way; empty at all other times. */
  get begun(): TimeLine {
    return this.#begun;
  }

  /** The problem of the state before is over, unless the change names it. */
  set(change: Partial<VmState> & Pick<VmState, 'status'>): void {
    const since = change.status === this.#now.status ? this.#now.since : Date.now();
    this.#noteStep(change, since);
    this.replace({ ...this.#now, problem: null, ...change, since });
  }

  #noteStep({ status, step }: Partial<VmState>, since: number): void {
    if (status !== 'starting' || this.#now.status !== 'starting') this.#begun = [];
    if (status === 'starting' && step && step.name !== this.#begun.at(-1)?.step)
      this.#begun.push({ step: step.name, atMs: Date.now() - since });
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
