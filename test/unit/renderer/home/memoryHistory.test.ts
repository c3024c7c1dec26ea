import { expect, it } from 'vitest';
import { AGAIN_MS, withReading } from '../../../../renderer/home/memoryHistory';

it('draws one line through readings in a row, and begins anew after a pause', () => {
  const first = withReading({ usedBytes: [], at: 0 }, 10, 1_000_000);
  const second = withReading(first, 20, first.at + AGAIN_MS);
  expect(second.usedBytes).toEqual([10, 20]);
  expect(withReading(second, 30, second.at + 10 * AGAIN_MS).usedBytes).toEqual([30]);
});
