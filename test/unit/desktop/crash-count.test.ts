import { expect, test } from 'vitest';
import { CrashCount } from '#desktop/crash-count';

test('the third crash within a minute is one too many', () => {
  const count = new CrashCount();
  expect(count.add(0)).toBe(false);
  expect(count.add(1000)).toBe(false);
  expect(count.add(59_000)).toBe(true);
  count.forget();
  expect(count.add(59_001)).toBe(false);
});

test('crashes of another time do not count', () => {
  const count = new CrashCount();
  for (let minute = 0; minute < 10; minute += 1) expect(count.add(minute * 40_000)).toBe(false);
});
