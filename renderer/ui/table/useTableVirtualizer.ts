import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { TableRowModel } from './rows';

export const HEAD_HEIGHT = 30;
/** Up to here all rows are in the page, so that find-in-page and screen readers see them. */
const ALL_ROWS = 200;
const OVERSCAN = 8;

interface Options<T> {
  rows: readonly TableRowModel<T>[];
  scroller: RefObject<HTMLElement | null>;
  compact: boolean;
  onVisible: ((ids: readonly string[]) => void) | undefined;
}

/** The rows to draw and where. Heights are fixed, so nothing is measured. */
export function useTableVirtualizer<T>({ rows, scroller, compact, onVisible }: Options<T>) {
  const rowHeight = compact ? 30 : 38;
  const groupHeight = compact ? 30 : 36;
  const heightAt = (index: number) => (rows[index]?.kind === 'group' ? groupHeight : rowHeight);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightAt,
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    overscan: rows.length <= ALL_ROWS ? rows.length : OVERSCAN,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    // Before the element is measured, the first rows show at once.
    initialRect: { width: 0, height: 800 },
  });

  const range = virtualizer.range;
  const seen = rows
    .slice(range?.startIndex ?? 0, (range?.endIndex ?? -1) + 1)
    .flatMap((row) => (row.kind === 'item' ? [row.id] : []));
  const seenKey = seen.join(' ');
  const latest = useRef({ seen, onVisible });
  latest.current = { seen, onVisible };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids' text decides, not the array
  useEffect(() => {
    latest.current.onVisible?.(latest.current.seen);
  }, [seenKey]);
  useEffect(() => () => latest.current.onVisible?.([]), []);

  return { virtualizer, heightAt, page: Math.max(1, seen.length - 1) };
}
