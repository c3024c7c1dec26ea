import type { Finding } from '#contract';
import { timeLimit } from '#contract/time-limit';
import { toProblem } from '#engine/problems';
import { type Check, type CheckContext, type Found, failed, tryAgain } from './check';

const limitMs = 12_000;

type Event = { type: 'begun'; checks: Pick<Check, 'id' | 'title'>[] } | { type: 'found'; finding: Finding };

/** Runs the check within its time. It is told to stop then, and waited for no longer. */
async function runOne(check: Check, context: CheckContext, signal: AbortSignal): Promise<Finding> {
  const limit = timeLimit(check.limitMs ?? limitMs, signal);
  let stop: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(limit.reason);
    limit.addEventListener('abort', stop, { once: true });
  });
  try {
    return named(check, await Promise.race([check.run(context, limit), ended]));
  } catch (error) {
    signal.throwIfAborted();
    return named(check, limit.aborted ? tooSlow(check) : broken(check, error));
  } finally {
    limit.removeEventListener('abort', stop);
  }
}

const named = ({ id, title }: Check, found: Found): Finding => ({ id, title, ...found });

const tooSlow = ({ title, limitMs: own = limitMs }: Check): Found =>
  failed(
    `${title}: no answer`,
    `It was not known after ${own / 1000} s. Something it asks is stuck or very busy.`,
    tryAgain,
  );

function broken({ title }: Check, error: unknown): Found {
  const { title: what, explanation, detail } = toProblem(error);
  const why = [what, explanation, detail].filter(Boolean).join('. ');
  return failed(`${title}: could not be looked at`, why, tryAgain);
}

/** Runs all checks side by side and gives what each found as it ends. Leaving the loop stops the rest. */
export async function* runChecks(
  checks: readonly Check[],
  context: CheckContext,
  signal: AbortSignal,
): AsyncGenerator<Event, undefined> {
  yield { type: 'begun', checks: checks.map(({ id, title }) => ({ id, title })) };
  const left = new AbortController();
  const both = AbortSignal.any([signal, left.signal]);
  const running = new Map(
    checks.map((check) => [
      check.id,
      runOne(check, context, both).then(
        (finding) => ({ finding }),
        (error: unknown) => ({ error }),
      ),
    ]),
  );
  try {
    while (running.size > 0) {
      const ended = await Promise.race(running.values());
      if ('error' in ended) throw ended.error;
      running.delete(ended.finding.id);
      yield { type: 'found', finding: ended.finding };
    }
  } finally {
    left.abort();
  }
}
