import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProblemContext } from '#engine/catalogue/entry';
import { toProblem } from '#engine/problems';

const now = new Date(2026, 2, 3, 14, 5).getTime();
const minutes = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const hub =
  'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';
const told = (said: string, known: ProblemContext = {}) => {
  const { code, explanation, actions } = toProblem(new Error(said), known);
  expect(code).toBe('rate-limited');
  return { explanation, actions, labels: actions.map(({ label }) => label) };
};

test('a registry that says when is tried again then', () => {
  const { explanation, actions } = told(hub, { againAt: now + 27 * minutes });
  expect(explanation).toContain('It takes the next download at 14:32.');
  expect(actions).toEqual([
    { kind: 'open', label: 'Add a sign-in', page: 'settings', target: 'registries' },
    { kind: 'retry', label: 'Try again at 14:32', at: now + 27 * minutes },
  ]);
});

test('a window is told as what it is: the latest time, not the time', () => {
  const pulls = { limit: 100, remaining: 0, windowSeconds: 21_600 };
  const { explanation, labels } = told(hub, { pulls });
  expect(explanation).toContain('100 downloads in 6 hours to this address without a sign-in');
  expect(explanation).toContain('does not say when the next one is free');
  expect(explanation).toContain('by 20:05');
  expect(labels).toEqual(['Add a sign-in', 'Try again at 20:05']);
});

test('room that has come back meanwhile is used at once', () => {
  const { explanation, labels } = told(hub, { pulls: { limit: 100, remaining: 3, windowSeconds: 21_600 } });
  expect(explanation).toContain('3 of them are free again');
  expect(labels[0]).toBe('Try again');
});

test('who is signed in is not told to sign in', () => {
  const pulls = { limit: 200, remaining: 0, windowSeconds: 21_600 };
  const { explanation, labels } = told(hub, { pulls, signedIn: true });
  expect(explanation).toContain('200 downloads in 6 hours to your account');
  expect(labels).toEqual(['Try again at 20:05']);
  expect(told(hub, { signedIn: true }).labels).toEqual(['Try again']);
});

test('where nobody says anything, only the usual window is named', () => {
  const { explanation, labels } = told(hub);
  expect(explanation).toContain('does not say when');
  expect(explanation).toContain('Docker Hub counts downloads over six hours');
  expect(labels).toEqual(['Add a sign-in', 'Try again']);
});

test('a pause in the answer itself is read: over at once, or in some minutes', () => {
  const short = told('toomanyrequests: retry-after: 880.092µs, allowed: 44000/minute');
  expect(short.explanation).toContain('in a moment');
  expect(short.labels).toEqual(['Try again']);
  const long = told('toomanyrequests: retry-after: 1m30.5s, allowed: 44000/minute');
  expect(long.labels).toEqual(['Add a sign-in', 'Try again at 14:07']);
});

test('an answer without words is recognised by its status', () => {
  told(
    'failed to resolve reference "docker.io/library/x:1": unexpected status from HEAD request: 429 Too Many Requests',
  );
});
