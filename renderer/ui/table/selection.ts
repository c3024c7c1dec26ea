export type Selection = ReadonlySet<string>;
export type Coverage = 'none' | 'some' | 'all';

/** How many of the ids are selected, in words. */
export function coverage(selected: Selection, ids: readonly string[]): Coverage {
  let count = 0;
  for (const id of ids) if (selected.has(id)) count++;
  if (count === 0) return 'none';
  return count === ids.length ? 'all' : 'some';
}

/** One item on or off. */
export function toggle(selected: Selection, id: string): Selection {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Several items together (all, or a group): off when all are on, else on. */
export function toggleMany(selected: Selection, ids: readonly string[]): Selection {
  const next = new Set(selected);
  const on = coverage(selected, ids) !== 'all';
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** From the anchor to an item, in the order on screen, added to what is selected. */
export function extend(
  selected: Selection,
  ids: readonly string[],
  anchor: string | null,
  to: string,
): Selection {
  const end = ids.indexOf(to);
  if (end === -1) return selected;
  const found = anchor === null ? -1 : ids.indexOf(anchor);
  const start = found === -1 ? end : found;
  const next = new Set(selected);
  for (const id of ids.slice(Math.min(start, end), Math.max(start, end) + 1)) next.add(id);
  return next;
}
