import { describe, expect, it } from 'vitest';
import { nextCrash } from '#vm/crashes';
import { restState } from '#vm/state';

const minutes = 60_000;
const crashed = (count: number) => ({ ...restState, since: 0, crashes: { count, last: null } });

describe('a crash', () => {
  it('is followed by a new start, five times and later each time', () => {
    const pauses = [0, 1, 2, 3, 4].map((count) => nextCrash(crashed(count), minutes).pauseMs);
    expect(pauses).toEqual([0, 1000, 2000, 5000, 10_000]);
    expect(nextCrash(crashed(5), minutes)).toEqual({ count: 6, pauseMs: null });
  });

  it('counts from the beginning when the machine ran well for ten minutes', () => {
    expect(nextCrash(crashed(5), 11 * minutes)).toEqual({ count: 1, pauseMs: 0 });
  });
});
