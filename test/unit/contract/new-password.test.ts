import { expect, test } from 'vitest';
import { newPassword } from '#contract/new-password';

test('a new password is long, unlike the one before, of every kind, and has all letters alike', () => {
  expect(newPassword()).not.toBe(newPassword());
  const counts = new Map<string, number>();
  for (let made = 0; made < 2334; made += 1) {
    const password = newPassword();
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z2-9]{24}$/);
    for (const letter of password) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect(counts.size).toBe(56);
  // 1000 each on average with a deviation of 31: six of them are never passed by chance.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190);
});
