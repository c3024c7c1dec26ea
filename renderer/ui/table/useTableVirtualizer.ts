import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { TableRowModel } from './rows';

export const HEAD_HEIGHT = 30;
/** Up to here all rows are in the page, so that find-in-page and screen readers see them. */
const ALL_ROWS = 200;
const OVERSCAN = 8;
/** A list may grow by this many rows and is still drawn whole at once. */
const GROWTH = 20;

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
    overscan: useDrawnWhole(rows.length) ? rows.length : OVERSCAN,
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

/**
 * Whether all rows are drawn. A short list that was not there a moment ago (a filter was typed, the page opened)
 * shows its first screen at once; the rest follows when there is time.
 */
function useDrawnWhole(count: number): boolean {
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const wanted = count <= ALL_ROWS ? count + GROWTH : 0;
    if (count > ALL_ROWS ? room > 0 : count > room || room > wanted + GROWTH) {
      startTransition(() => setRoom(wanted));
    }
  }, [count, room]);
  return count <= ALL_ROWS && count <= room;
}
