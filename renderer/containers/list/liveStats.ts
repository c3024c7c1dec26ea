import { useCallback, useEffect, useMemo, useState } from 'react';
import { create } from 'zustand';
import type { StatsSample } from '#contract';
import { client } from '../../data/client';
import { showProblem } from '../../data/problems';
import { useStream } from '../../data/stream';
import { SPARKLINE_POINTS } from '../../ui/Sparkline';

/** The newest figures of one container, oldest first. A new object with each sample. */
export interface Series {
  /** Parts of a core: 0.31 is 31 %. */
  cpu: readonly number[];
  memoryBytes: readonly number[];
}

const useLiveStats = create<{ series: Readonly<Record<string, Series>> }>(() => ({ series: {} }));

const appended = (values: readonly number[], value: number) => [...values, value].slice(-SPARKLINE_POINTS);

function take(samples: readonly StatsSample[]): void {
  useLiveStats.setState(({ series }) => {
    const next = { ...series };
    for (const { id, cpuPercent, memoryBytes } of samples) {
      const known = next[id];
      next[id] = {
        cpu: appended(known?.cpu ?? [], cpuPercent / 100),
        memoryBytes: appended(known?.memoryBytes ?? [], memoryBytes),
      };
    }
    return { series: next };
  });
}

/** What is no longer followed is forgotten: an old trend beside a new figure would lie. */
function keepOnly(ids: readonly string[]): void {
  useLiveStats.setState(({ series }) => ({
    series: Object.fromEntries(ids.flatMap((id) => (series[id] ? [[id, series[id]]] : []))),
  }));
}

export const useSeries = (id: string): Series | undefined => useLiveStats((now) => now.series[id]);

/** The sum of the newest figures of these containers; null while none is known. */
export function useSum(ids: readonly string[], figure: keyof Series): number | null {
  return useLiveStats(({ series }) => {
    let sum: number | null = null;
    for (const id of ids) {
      const newest = series[id]?.[figure].at(-1);
      if (newest !== undefined) sum = (sum ?? 0) + newest;
    }
    return sum;
  });
}

/** The sums of these containers over time, oldest first: what each had at the same moment, counted from now. */
export function useTotals(ids: readonly string[], figure: keyof Series): readonly number[] {
  const series = useLiveStats((now) => now.series);
  return useMemo(() => {
    const each = ids.flatMap((id) => (series[id] ? [series[id][figure]] : []));
    const length = Math.max(0, ...each.map((values) => values.length));
    return Array.from({ length }, (_, index) =>
      each.reduce((sum, values) => sum + (values.at(index - length) ?? 0), 0),
    );
  }, [ids, series, figure]);
}

/** Scrolling passes many rows: only where it rests for this long, streams are opened. */
const REST_MS = 250;

/** Follows the load of these containers while the list is on screen. */
export function useLiveStatsOf(ids: readonly string[]): void {
  const wanted = ids.join(' ');
  const [followed, setFollowed] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setFollowed(wanted), REST_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  useEffect(() => keepOnly(followed.split(' ')), [followed]);
  const open = useCallback(
    (signal: AbortSignal) => client.containers.stats({ ids: followed.split(' ') }, { signal }),
    [followed],
  );
  useStream({ open: followed === '' ? null : open, onItem: take, onError: (error) => showProblem(error) });
}
