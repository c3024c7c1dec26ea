/** Where a key takes the row cursor; null when the key does not move it. -1 means there is no cursor yet. */
export function movedCursor(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(at + 1);
    case 'ArrowUp':
      return at === -1 ? count - 1 : clamp(at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'PageDown':
      return clamp(Math.max(0, at) + page);
    case 'PageUp':
      return clamp(at - page);
    default:
      return null;
  }
}

/** The cursor's place in new rows: its own row, or the one that took its place when it is gone. */
export function keptCursor(
  ids: readonly string[],
  cursor: { id: string; index: number } | null,
): { id: string; index: number } | null {
  if (!cursor) return null;
  const same = ids.indexOf(cursor.id);
  if (same !== -1) return same === cursor.index ? cursor : { id: cursor.id, index: same };
  const index = Math.min(cursor.index, ids.length - 1);
  const id = ids[index];
  return id === undefined ? null : { id, index };
}
