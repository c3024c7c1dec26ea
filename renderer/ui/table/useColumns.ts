import { useMemo, useSyncExternalStore } from 'react';
import type { Column } from './types';

const CHECK_WIDTH = '38px';

/** The columns that fit the window, and the grid's tracks for them. */
export function useColumns<T>(columns: readonly Column<T>[], selectable: boolean) {
  const hidden = useHiddenColumns(columns);
  return useMemo(() => {
    const shown = columns.filter((column) => !hidden.split(' ').includes(column.id));
    const tracks = shown.map((column) =>
      typeof column.width === 'number' ? `${column.width}px` : column.width,
    );
    return { shown, template: (selectable ? [CHECK_WIDTH, ...tracks] : tracks).join(' ') };
  }, [columns, hidden, selectable]);
}

function useHiddenColumns<T>(columns: readonly Column<T>[]): string {
  return useSyncExternalStore(subscribeToWidth, () =>
    columns
      .filter((column) => column.hideBelow !== undefined && window.innerWidth < column.hideBelow)
      .map((column) => column.id)
      .join(' '),
  );
}

function subscribeToWidth(onChange: () => void): () => void {
  window.addEventListener('resize', onChange);
  return () => window.removeEventListener('resize', onChange);
}
