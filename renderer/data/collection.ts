/** Objects of one kind, by key, and the same as a list in the order in which they came. */
export interface Collection<T> {
  byKey: ReadonlyMap<string, T>;
  list: readonly T[];
}

export const emptyCollection = <T>(): Collection<T> => ({ byKey: new Map(), list: [] });

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A whole new list. Items that did not change keep their identity, so that their rows are not drawn again. */
export function replaced<T>(
  old: Collection<T>,
  items: readonly T[],
  key: (item: T) => string,
): Collection<T> {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const known = old.byKey.get(key(item));
    byKey.set(key(item), known !== undefined && same(known, item) ? known : item);
  }
  return { byKey, list: [...byKey.values()] };
}

/** The list after a patch; the same object when the patch says nothing about it. */
export function patched<T>(
  old: Collection<T>,
  change: { set: readonly T[]; gone: readonly string[] } | undefined,
  key: (item: T) => string,
): Collection<T> {
  if (!change) return old;
  const byKey = new Map(old.byKey);
  for (const gone of change.gone) byKey.delete(gone);
  for (const item of change.set) byKey.set(key(item), item);
  return { byKey, list: [...byKey.values()] };
}
