import { useEffect, useMemo, useRef, useState } from 'react';
import { holdOrder, nextSort, sortItems } from './order';
import { itemIds, type TableRowModel, tableRows } from './rows';
import type { Column, DataTableProps, SortState } from './types';

export interface TableRows<T> {
  rows: readonly TableRowModel<T>[];
  /** Ids of the items shown, in order. */
  ids: readonly string[];
  sort: SortState | null;
  sortBy: (column: Column<T>) => void;
  toggleFold: (group: string) => void;
  /** The pointer came over the rows: their order stays until `release`. */
  hold: () => void;
  release: () => void;
}

const NO_GROUPS: ReadonlySet<string> = new Set();

/** Sorted, grouped and folded rows, and the frozen order while the pointer is over them. */
export function useTableRows<T>(
  props: Pick<DataTableProps<T>, 'items' | 'id' | 'columns' | 'grouping' | 'defaultSort'>,
): TableRows<T> {
  const { items, id, columns, grouping } = props;
  const [sort, setSort] = useState<SortState | null>(props.defaultSort ?? null);
  const [folded, setFolded] = useState(NO_GROUPS);
  const [frozen, setFrozen] = useState<readonly string[] | null>(null);

  const sortKey = columns.find((column) => column.id === sort?.column)?.sort;
  const sorted = useMemo(
    () => (sort && sortKey ? sortItems(items, sortKey, sort.direction) : items),
    [items, sort, sortKey],
  );
  // The id function is fixed for a table's life, so that callers may write it inline.
  const idOf = useRef(id).current;
  const ordered = useMemo(() => (frozen ? holdOrder(sorted, idOf, frozen) : sorted), [sorted, frozen, idOf]);
  const rows = useMemo(() => tableRows(ordered, idOf, grouping, folded), [ordered, grouping, folded, idOf]);
  const ids = useMemo(() => itemIds(rows), [rows]);

  const orderedNow = useRef(ordered);
  orderedNow.current = ordered;
  const held = useRef(false);
  held.current = frozen !== null;
  useTypingOutside(frozen !== null, () => setFrozen(null));

  return {
    rows,
    ids,
    sort,
    sortBy: (column) => {
      setFrozen(null);
      setSort(nextSort(sort, column.id, column.descendingFirst ?? false));
    },
    toggleFold: (group) => {
      const next = new Set(folded);
      if (!next.delete(group)) next.add(group);
      setFolded(next);
    },
    hold: () => {
      if (!held.current) setFrozen(orderedNow.current.map(idOf));
    },
    release: () => setFrozen(null),
  };
}

/** A filter typed while the pointer rests on the rows is the person's own change: it must not meet a held order. */
function useTypingOutside(active: boolean, onTyping: () => void) {
  const latest = useRef(onTyping);
  latest.current = onTyping;
  useEffect(() => {
    if (!active) return;
    const owner = new AbortController();
    document.addEventListener('input', () => latest.current(), { signal: owner.signal, capture: true });
    return () => owner.abort();
  }, [active]);
}
