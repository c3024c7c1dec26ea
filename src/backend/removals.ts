import type { Outcome } from '#contract';
import { isUp } from '#contract/container-state';
import { ProblemError } from '#contract/problem';
import type { Engine } from '#engine/index';
import type { Kind } from '#engine/projection';
import { within } from '#vm/within';
import type { Tasks } from './tasks';

/** How long a deletion can be undone (the design language's "Undo"). */
const undoMs = 8000;

/** Longer than containers take to stop. An engine that is stuck must not keep the user from another one. */
const carryOutMs = 12_000;

export interface Removal {
  kind: Kind;
  /** Keys in the projection: ids, for volumes names. */
  keys: string[];
  /** What a person calls them, in the same order. */
  names: string[];
  removeNow(): Promise<Outcome>;
  /** What an undo has to do besides leaving them. */
  undone?: () => Promise<void>;
}

/** The first problem of an outcome in which something failed, saying how many others there are. */
function failure({ done, failed }: Outcome): ProblemError | null {
  const [first] = failed;
  if (!first) return null;
  if (failed.length === 1 && done.length === 0) return new ProblemError(first.problem);
  const others = `${failed.length} of ${failed.length + done.length} could not be deleted. `;
  return new ProblemError({ ...first.problem, explanation: others + first.problem.explanation });
}

const title = (names: string[]) =>
  names.length > 1 ? `Delete ${names[0]} and ${names.length - 1} more` : `Delete ${names[0] ?? ''}`;

/**
 * Deletions that can be undone for a while: the objects vanish and containers stop at once, but they are deleted
 * only when the time is over, or Gantry ends in an orderly way. If it is killed in between, they simply stay.
 */
export class Removals {
  readonly #hurry = new Set<() => void>();
  /** Deletions that have not ended, with what carries each out at once. */
  readonly #pending = new Set<{ removal: Removal; hurry: AbortController; ended: Promise<void> }>();

  constructor(
    private readonly engine: Engine,
    private readonly tasks: Tasks,
  ) {}

  /** Gives the id of the task whose cancelling is the undo. */
  start(removal: Removal): string {
    const here = this.engine.here();
    // Without an engine nothing would vanish now only to come back in 8 seconds.
    here.docker();
    return this.tasks.start({
      kind: 'remove',
      title: title(removal.names),
      subject: removal.names,
      canRetry: false,
      undoUntil: Date.now() + undoMs,
      work: async ({ signal, report, commit }) => {
        const { hurry, end } = this.#note(removal);
        report({ kind: 'unknown', doing: 'Waiting, so that it can be undone' });
        const { projection } = this.engine;
        const running = this.#running(removal);
        const hidden = new Set(removal.keys);
        projection.hide(removal.kind, hidden);
        try {
          // A container that cannot be stopped is killed by its deletion.
          const [stopped] = await Promise.all([this.#stop(running), this.#pause({ signal, hurry, commit })]);
          if (signal.aborted) {
            if (stopped.length > 0 || removal.undone) here.assertShown();
            await this.#startAgain(stopped);
            await removal.undone?.();
            return null;
          }
          here.assertShown();
          report({ kind: 'unknown', doing: 'Deleting' });
          const outcome = await removal.removeNow();
          // The engine tells of it a little later; until then they must not come back into sight.
          for (const key of here.isShown() ? outcome.done : []) {
            hidden.delete(key);
            projection.drop(removal.kind, key);
          }
          const problem = failure(outcome);
          if (problem) throw problem;
          return null;
        } finally {
          projection.unhide(removal.kind, hidden);
          end();
        }
      },
    });
  }

  /** Carries out at once what still waits. */
  flush(): void {
    for (const hurry of this.#hurry) hurry();
  }

  /** Carries out at once what still waits, and waits for its end: before another engine is shown. */
  async carryOut(): Promise<void> {
    this.flush();
    await within(carryOutMs, Promise.all([...this.#pending].map(({ ended }) => ended)));
  }

  /**
   * Carries out at once what waits for the deletion of something with one of these names, and waits for its end:
   * to the user they are gone, and a new container may have the name.
   * @param names absent means all
   * @returns how many deletions there were
   */
  async settle(kind: Kind, names?: readonly string[]): Promise<number> {
    const meant = [...this.#pending].filter(
      ({ removal }) =>
        removal.kind === kind && (!names || removal.names.some((name) => names.includes(name))),
    );
    for (const { hurry } of meant) hurry.abort();
    await Promise.all(meant.map(({ ended }) => ended));
    return meant.length;
  }

  #note(removal: Removal) {
    const hurry = new AbortController();
    let resolve = (): void => undefined;
    const ended = new Promise<void>((done) => {
      resolve = done;
    });
    const entry = { removal, hurry, ended };
    this.#pending.add(entry);
    const end = () => {
      this.#pending.delete(entry);
      resolve();
    };
    return { hurry: hurry.signal, end };
  }

  /** Gives what it stopped, for the undo. */
  async #stop(running: string[]): Promise<string[]> {
    return running.length > 0 ? (await this.engine.lifecycle.stop(running)).done : [];
  }

  #running({ kind, keys }: Removal): string[] {
    if (kind !== 'containers') return [];
    const { containers } = this.engine.projection.snapshot();
    return keys.filter((id) => {
      const container = containers.get(id);
      return container !== undefined && isUp(container);
    });
  }

  async #startAgain(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const problem = failure(await this.engine.lifecycle.start(ids));
    if (problem) throw problem;
  }

  /** Waits until the time is over and `commit`s, or until the user undoes. */
  #pause({
    signal,
    hurry,
    commit,
  }: {
    signal: AbortSignal;
    hurry: AbortSignal;
    commit: () => void;
  }): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#hurry.delete(goOn);
        signal.removeEventListener('abort', end);
        hurry.removeEventListener('abort', goOn);
        resolve();
      };
      const goOn = () => {
        // At once: when Gantry ends, whatever can still be cancelled is cancelled next.
        commit();
        end();
      };
      const timer = setTimeout(goOn, undoMs);
      this.#hurry.add(goOn);
      hurry.addEventListener('abort', goOn, { once: true });
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
