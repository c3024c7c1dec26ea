import { describe, expect, it } from 'vitest';
import type { StatsSample } from '#contract';
import { historyOf, remember, seriesOf } from '../../../../../renderer/containers/details/stats/history';

const sample = (id: string, at: number, sum: number): StatsSample => ({
  id,
  at,
  cpuPercent: at / 1000,
  memoryBytes: 1,
  memoryLimitBytes: 10,
  networkReceivedBytes: sum,
  networkSentBytes: 2 * sum,
  blockReadBytes: sum,
  blockWrittenBytes: sum,
  processes: 1,
});

describe('the series of a chart', () => {
  it('has rates of sums, beginning with the second sample', () => {
    const series = seriesOf([sample('a', 2000, 100), sample('a', 4000, 300), sample('a', 6000, 300)], 0);
    expect(series.times).toEqual([2, 4, 6]);
    expect(series.received).toEqual([null, 100, 0]);
    expect(series.sent).toEqual([null, 200, 0]);
    expect(series.cpu).toEqual([2, 4, 6]);
  });

  it('has a hole where nothing was measured, and none of the sums that began anew', () => {
    const series = seriesOf([sample('a', 2000, 100), sample('a', 60_000, 900), sample('a', 62_000, 5)], 0);
    expect(series.cpu).toEqual([2, null, 60, 62]);
    expect(series.received).toEqual([null, null, null, null]);
  });

  it('leaves out what is older than the range, and still knows the rate at its edge', () => {
    const series = seriesOf([sample('a', 2000, 100), sample('a', 4000, 300)], 3000);
    expect([series.times, series.received]).toEqual([[4], [100]]);
  });
});

describe('what is remembered', () => {
  it('is the last hour of the containers that were looked at last', () => {
    for (let n = 0; n < 2000; n += 1) remember(sample('long', n * 2000, n));
    expect(historyOf('long')).toHaveLength(1800);
    expect(historyOf('long').at(-1)?.at).toBe(1999 * 2000);
    for (let n = 0; n < 20; n += 1) remember(sample(`c${n}`, 1000, 0));
    expect(historyOf('long')).toEqual([]);
    expect(historyOf('c19')).toHaveLength(1);
  });
});
