import { expect, test } from 'vitest';
import { clockTime } from '#contract/clock-time';

test('a time to come is never told too early, and has its day when that is not today', () => {
  const now = new Date(2026, 2, 3, 14, 5).getTime();
  expect(clockTime(new Date(2026, 2, 3, 14, 31).getTime(), now)).toBe('14:31');
  expect(clockTime(new Date(2026, 2, 3, 14, 31, 1).getTime(), now)).toBe('14:32');
  expect(clockTime(new Date(2026, 2, 3, 23, 59, 30).getTime(), now)).toBe('4 Mar, 00:00');
});
