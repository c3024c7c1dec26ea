import type { Group, Grouping } from './types';

export type TableRowModel<T> =
  | { kind: 'group'; id: string; group: Group<T> }
  | { kind: 'item'; id: string; item: T; grouped: boolean };

const GROUP_PREFIX = 'group:';

/** The id of a group's row; items may have any id without clashing with it. */
export function groupRowId(key: string): string {
  return GROUP_PREFIX + key;
}

/** The flat list the table shows: group rows followed by their items, unless folded. Items come ordered. */
export function tableRows<T>(
  items: readonly T[],
  id: (item: T) => string,
  grouping: Grouping<T> | undefined,
  folded: ReadonlySet<string>,
): TableRowModel<T>[] {
  if (!grouping) return items.map((item) => ({ kind: 'item', id: id(item), item, grouped: false }));
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = grouping.of(item);
    const members = groups.get(key);
    if (members) members.push(item);
    else groups.set(key, [item]);
  }
  const keys = [...groups.keys()].sort(grouping.compare ?? ((a, b) => a.localeCompare(b)));
  const rows: TableRowModel<T>[] = [];
  for (const key of keys) {
    const members = groups.get(key) ?? [];
    const group: Group<T> = { key, items: members, folded: folded.has(key) };
    rows.push({ kind: 'group', id: groupRowId(key), group });
    if (group.folded) continue;
    for (const item of members) rows.push({ kind: 'item', id: id(item), item, grouped: true });
  }
  return rows;
}

/** The ids of the items in a list of rows, in order. */
export function itemIds<T>(rows: readonly TableRowModel<T>[]): string[] {
  return rows.filter((row) => row.kind === 'item').map((row) => row.id);
}
