import type { PullsLeft } from '#contract';
import { clockTime } from '#contract/clock-time';
import type { ProblemAction } from '#contract/problem';
import { retry, retryAt, signIn } from './actions';
import type { ProblemContext, Words } from './entry';

/** A pause that is over before anybody has read of it. */
const momentMs = 5000;

const unitMs: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/** A duration as Go writes it: `1m30.5s`, `880.092µs`. Null for what is none. */
function durationMs(text: string): number | null {
  const parts = [...text.replaceAll('μ', 'µ').matchAll(/([\d.]+)(h|ms|m|s|us|µs|ns)/g)];
  if (parts.length === 0) return null;
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
}

const inHours = (seconds: number) => {
  const hours = Math.round(seconds / 3600);
  return hours === 1 ? 'an hour' : `${hours} hours`;
};

/** What is known of a limit by its window only: when each download is forgotten is not told. */
function byWindow(
  { limit, remaining, windowSeconds }: PullsLeft,
  signedIn: boolean,
  higher: ProblemAction[],
) {
  const allowed = `It allows ${limit} downloads in ${inHours(windowSeconds)} ${signedIn ? 'to your account' : 'to this address without a sign-in'}`;
  if (remaining > 0) {
    return {
      explanation: `${allowed}, and by now ${remaining} of them ${remaining === 1 ? 'is' : 'are'} free again.`,
      actions: [retry, ...higher],
    };
  }
  const latest = Date.now() + windowSeconds * 1000;
  return {
    explanation: `${allowed}. It does not say when the next one is free; those counted by now are forgotten by ${clockTime(latest)}.`,
    actions: [...higher, retryAt(latest)],
  };
}

/**
 * A download that a registry refused because there were too many.
 * @param pause how long it wants to be left alone, where its answer has that
 */
export function rateLimited(
  pause: string | undefined,
  { againAt, pulls, signedIn = false }: ProblemContext,
): Words {
  const title = 'The registry’s limit for downloads is used up';
  const higher = signedIn ? [] : [signIn];
  const pauseMs = pause === undefined ? null : durationMs(pause);
  if (pauseMs !== null && pauseMs < momentMs) {
    return {
      title: 'The registry had too many requests at once',
      explanation: 'It takes the next one in a moment.',
      actions: [retry],
    };
  }
  const next = againAt ?? (pauseMs === null ? undefined : Date.now() + pauseMs);
  if (next !== undefined) {
    const more = signedIn ? '' : ' With a sign-in the limit is often higher.';
    return {
      title,
      explanation: `It takes the next download at ${clockTime(next)}.${more}`,
      actions: [...higher, retryAt(next)],
    };
  }
  if (pulls) return { title, ...byWindow(pulls, signedIn, higher) };
  return {
    title,
    explanation: signedIn
      ? 'It does not say when it takes the next one. Docker Hub counts downloads over six hours.'
      : 'It does not say when it takes the next one. Docker Hub counts downloads over six hours, per address; with a sign-in the limit is higher.',
    actions: [...higher, retry],
  };
}
