import type { SortKey, SortState } from './types';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function isMissing(key: SortKey): key is null | undefined {
  return key === null || key === undefined || Number.isNaN(key);
}

function compareKeys(a: Exclude<SortKey, null | undefined>, b: Exclude<SortKey, null | undefined>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

/** A sorted copy. Equal items keep their order; missing keys come last in both directions. */
export function sortItems<T>(
  items: readonly T[],
  key: (item: T) => SortKey,
  direction: SortState['direction'],
): T[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const keyed = items.map((item, index) => ({ item, index, key: key(item) }));
  keyed.sort((a, b) => {
    if (isMissing(a.key) || isMissing(b.key)) {
      return Number(isMissing(a.key)) - Number(isMissing(b.key)) || a.index - b.index;
    }
    return sign * compareKeys(a.key, b.key) || a.index - b.index;
  });
  return keyed.map((entry) => entry.item);
}

/**
 * The order while it is frozen: known items stay where they were, new ones come after them in their given order.
 * `frozen` holds the ids as they stood when the pointer came.
 */
export function holdOrder<T>(items: readonly T[], id: (item: T) => string, frozen: readonly string[]): T[] {
  const place = new Map(frozen.map((key, index) => [key, index]));
  const known: { item: T; at: number }[] = [];
  const fresh: T[] = [];
  for (const item of items) {
    const at = place.get(id(item));
    if (at === undefined) fresh.push(item);
    else known.push({ item, at });
  }
  known.sort((a, b) => a.at - b.at);
  return [...known.map((entry) => entry.item), ...fresh];
}

/** The sort after a click on a header: another column starts in its own direction, the same one reverses. */
export function nextSort(current: SortState | null, column: string, descendingFirst: boolean): SortState {
  if (current?.column === column) {
    return { column, direction: current.direction === 'ascending' ? 'descending' : 'ascending' };
  }
  return { column, direction: descendingFirst ? 'descending' : 'ascending' };
}
