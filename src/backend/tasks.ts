import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Problem, Task, TaskProgress } from '#contract';
import { clockTime } from '#contract/clock-time';
import { ProblemError } from '#contract/problem';
import { Feed } from '#engine/feed';

/** Ended tasks that are remembered. */
const kept = 50;
const paceMs = 100;
/** No wait is longer: nobody remembers what it was for. */
const longestWaitMs = 24 * 60 * 60_000;

export interface TaskPlan {
  kind: Task['kind'];
  title: string;
  subject: string[];
  canRetry: boolean;
  /** For deletions: until when cancelling undoes. */
  undoUntil?: number;
  work(control: TaskControl): Promise<Task['result']>;
}

export interface TaskControl {
  /** Aborts when the user cancels, or Gantry ends. */
  signal: AbortSignal;
  report(progress: TaskProgress): void;
  /** From here on there is no way back: the task can be cancelled no more. */
  commit(): void;
}

interface Entry {
  task: Task;
  plan: TaskPlan;
  /** When the work begins; null is at once. */
  at: number | null;
  owner: AbortController;
  ended: Promise<void>;
}

/** Long work that outlives the view which began it. */
export class Tasks {
  readonly #entries = new Map<string, Entry>();
  readonly #readers = new Set<(id: string) => void>();

  /** @param explain turns what the work threw into words */
  constructor(private readonly explain: (error: unknown) => Problem | Promise<Problem>) {}

  /** Begins the task, and its work at once or at a time to come. Gives the task's id. */
  start(plan: TaskPlan, at: number | null = null): string {
    const id = randomUUID();
    const owner = new AbortController();
    const task: Task = {
      id,
      kind: plan.kind,
      title: plan.title,
      subject: plan.subject,
      status: 'running',
      progress: { kind: 'unknown', doing: 'Starting' },
      startedAt: Date.now(),
      endedAt: null,
      undoUntil: plan.undoUntil ?? null,
      canRetry: false,
      canCancel: true,
      problem: null,
      result: null,
    };
    const entry: Entry = { task, plan, at, owner, ended: Promise.resolve() };
    this.#entries.set(id, entry);
    entry.ended = this.#run(entry);
    this.#tell(id);
    return id;
  }

  /** All tasks first, then those that changed. Ends when `signal` aborts or the reader leaves. */
  watch(signal?: AbortSignal): AsyncIteratorObject<{ set: Task[]; gone: string[] }, undefined> {
    let changed = new Set(this.#entries.keys());
    let first = true;
    const take = () => {
      if (changed.size === 0 && !first) return undefined;
      const ids = changed;
      changed = new Set();
      first = false;
      const set: Task[] = [];
      const gone: string[] = [];
      for (const id of ids) {
        const task = this.#entries.get(id)?.task;
        if (task) set.push(task);
        else gone.push(id);
      }
      return { set, gone };
    };
    const note = (id: string) => {
      changed.add(id);
      feed.wake();
    };
    const feed = new Feed({ take, close: () => this.#readers.delete(note) }, paceMs, signal);
    if (!signal?.aborted) this.#readers.add(note);
    return feed;
  }

  /** Resolves when the task has ended; does nothing when it has already, or is past its point of no return. */
  async cancel(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry?.task.canCancel) return;
    entry.owner.abort();
    await entry.ended;
  }

  /** @param at when the work shall begin; absent is at once */
  retry(id: string, at?: number): string {
    const entry = this.#entries.get(id);
    if (!entry?.task.canRetry) {
      throw new ProblemError({
        code: 'cannot-retry',
        title: 'This cannot be done again from here',
        explanation: 'The task is gone, still runs, or has succeeded.',
        actions: [],
      });
    }
    this.#forget(id);
    return this.start(entry.plan, at);
  }

  /** Forgets what has ended. */
  clear(): void {
    for (const [id, { task }] of this.#entries) if (task.status !== 'running') this.#forget(id);
  }

  /** Cancels everything that can be and waits for its end. */
  async close(): Promise<void> {
    const running = [...this.#entries.values()].filter(({ task }) => task.status === 'running');
    for (const { task, owner } of running) if (task.canCancel) owner.abort();
    await Promise.all(running.map(({ ended }) => ended));
  }

  async #run(entry: Entry): Promise<void> {
    const { plan, at, owner } = entry;
    const { signal } = owner;
    const change = (part: Partial<Task>) => {
      entry.task = { ...entry.task, ...part };
      this.#tell(entry.task.id);
    };
    const end = (part: Partial<Task>) => change({ ...part, endedAt: Date.now(), canCancel: false });
    try {
      if (at !== null) {
        change({ progress: { kind: 'unknown', doing: `Waiting until ${clockTime(at)}` } });
        const left = Math.min(Math.max(0, at - Date.now()), longestWaitMs);
        await pause(left, undefined, { signal });
      }
      const result = await plan.work({
        signal,
        report: (progress) => change({ progress }),
        commit: () => change({ canCancel: false, undoUntil: null }),
      });
      end(signal.aborted && entry.task.canCancel ? { status: 'cancelled' } : { status: 'done', result });
    } catch (error) {
      if (signal.aborted) end({ status: 'cancelled', canRetry: plan.canRetry });
      else end({ status: 'failed', problem: await this.explain(error), canRetry: plan.canRetry });
    }
    this.#dropOldest();
  }

  #dropOldest(): void {
    const ended = [...this.#entries.values()].filter(({ task }) => task.status !== 'running');
    for (const { task } of ended.slice(0, -kept)) this.#forget(task.id);
  }

  #forget(id: string): void {
    this.#entries.delete(id);
    this.#tell(id);
  }

  #tell(id: string): void {
    for (const note of this.#readers) note(id);
  }
}
