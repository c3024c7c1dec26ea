import type { ProxyStep } from '#contract';
import { type Problem, ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';

interface Step<T> {
  name: ProxyStep['name'];
  work: (signal: AbortSignal) => Promise<T>;
  /** What was found, in a few words. */
  fact: (found: T) => string;
  /** What a failure that is no problem yet means. */
  failed: (error: unknown) => Problem;
  /** What it means that the time was over. */
  late: (seconds: number) => Problem;
}

/** Takes one step after the other, and notes what each found and how long it took. */
export class Walk {
  readonly steps: ProxyStep[] = [];

  constructor(private readonly options: { signal: AbortSignal; limitMs: number }) {}

  /** @throws ProblemError, or the signal's reason */
  async take<T>({ name, work, fact, failed, late }: Step<T>): Promise<T> {
    const { signal, limitMs } = this.options;
    signal.throwIfAborted();
    const limit = timeLimit(limitMs, signal);
    const began = performance.now();
    const note = (result: ProxyStep['result'], words: string) =>
      this.steps.push({ name, result, fact: words, ms: Math.round(performance.now() - began) });
    try {
      const found = await work(limit);
      note('ok', fact(found));
      return found;
    } catch (error) {
      signal.throwIfAborted();
      const problem = limit.aborted
        ? late(limitMs / 1000)
        : error instanceof ProblemError
          ? error.problem
          : failed(error);
      note('failed', problem.title);
      throw new ProblemError(problem);
    }
  }
}
