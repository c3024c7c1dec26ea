import { expect, test } from 'vitest';
import { loadAgain } from '../../../../renderer/shell/lazyPart';

/** Fails as often as it is told to. */
function shaky(failures: number) {
  let calls = 0;
  const load = async () => {
    calls += 1;
    if (calls <= failures) throw new Error(`failure ${calls}`);
    return 'loaded';
  };
  return { load, calls: () => calls };
}

test('what is loaded at once is asked for once', async () => {
  const { load, calls } = shaky(0);
  await expect(loadAgain(load, [0, 0])).resolves.toBe('loaded');
  expect(calls()).toBe(1);
});

test('a failure is tried again, and again', async () => {
  const { load, calls } = shaky(2);
  await expect(loadAgain(load, [0, 0])).resolves.toBe('loaded');
  expect(calls()).toBe(3);
});

test('what keeps failing fails with its last reason', async () => {
  const { load, calls } = shaky(9);
  await expect(loadAgain(load, [0, 0])).rejects.toThrow('failure 3');
  expect(calls()).toBe(3);
});
