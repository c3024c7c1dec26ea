/** What a benchmark found. Times in ms, memory in MB (10^6 bytes), shares of a core in %. */
export interface Figure {
  unit: 'ms' | 'MB' | 'MB/s' | '%' | 'calls/min' | 'frames';
  median: number;
  /** What 95% of the runs do not exceed; of rates, what 95% of them reach. Of few runs it is the worst. */
  p95: number;
  /** How many values the figures come from. */
  runs: number;
  /** The same thing measured by other means at the same time, to compare with. */
  beside?: Record<string, { median: number; p95: number }>;
  /** What one must know to read the figure. */
  note?: string;
}

/** A value that at least this share of the values does not exceed (nearest rank). */
function rank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('No values were measured');
  return Math.round(value * 10) / 10;
}

export const spread = (values: readonly number[]) => ({ median: rank(values, 0.5), p95: rank(values, 0.95) });

export const figure = (
  unit: Figure['unit'],
  values: readonly number[],
  more: Partial<Figure> = {},
): Figure => ({
  unit,
  ...spread(values),
  runs: values.length,
  ...more,
});

/** The figure of rates: so many MB were moved in each of these times, which are in ms. */
export function rates(megabytes: number, times: readonly number[], more: Partial<Figure> = {}): Figure {
  const { median, p95 } = spread(times);
  const rate = (ms: number) => Math.round((megabytes * 10_000) / ms) / 10;
  return { unit: 'MB/s', median: rate(median), p95: rate(p95), runs: times.length, ...more };
}
