import { describe, expect, it } from 'vitest';
import { keptCursor, movedCursor } from '../../../../renderer/ui/table/cursor';
import { holdOrder, nextSort, sortItems } from '../../../../renderer/ui/table/order';
import { groupRowId, itemIds, tableRows } from '../../../../renderer/ui/table/rows';
import { coverage, extend, toggle, toggleMany } from '../../../../renderer/ui/table/selection';

interface Item {
  id: string;
  name: string;
  load?: number | null;
  project?: string;
}
const item = (id: string, rest: Partial<Item> = {}): Item => ({ id, name: id, ...rest });
const names = (items: readonly Item[]) => items.map((entry) => entry.name);
const byId = (entry: Item) => entry.id;

describe('sorting', () => {
  it('counts numbers in names', () => {
    const items = ['web-10', 'web-2', 'Web-1'].map((name) => item(name));
    expect(names(sortItems(items, (entry) => entry.name, 'ascending'))).toEqual(['Web-1', 'web-2', 'web-10']);
  });

  it('keeps the order of equals and puts missing values last in both directions', () => {
    const items = [
      item('a', { load: null }),
      item('b', { load: 1 }),
      item('c', { load: 1 }),
      item('d', { load: 2 }),
    ];
    const load = (entry: Item) => entry.load;
    expect(names(sortItems(items, load, 'ascending'))).toEqual(['b', 'c', 'd', 'a']);
    expect(names(sortItems(items, load, 'descending'))).toEqual(['d', 'b', 'c', 'a']);
  });

  it('reverses on the second click and starts anew on another column', () => {
    const first = nextSort(null, 'cpu', true);
    expect(first).toEqual({ column: 'cpu', direction: 'descending' });
    expect(nextSort(first, 'cpu', true)).toEqual({ column: 'cpu', direction: 'ascending' });
    expect(nextSort(first, 'name', false)).toEqual({ column: 'name', direction: 'ascending' });
  });
});

describe('the held order', () => {
  it('leaves known rows where they were, whatever the sort says now', () => {
    const now = [item('c'), item('a'), item('b')];
    expect(names(holdOrder(now, byId, ['a', 'b', 'c']))).toEqual(['a', 'b', 'c']);
  });

  it('drops what is gone and puts what is new at the end', () => {
    const now = [item('new'), item('c'), item('a')];
    expect(names(holdOrder(now, byId, ['a', 'b', 'c']))).toEqual(['a', 'c', 'new']);
  });
});

describe('groups', () => {
  const items = [item('a', { project: 'shop' }), item('b'), item('c', { project: 'shop' })];
  const grouping = {
    of: (entry: Item) => entry.project ?? '',
    compare: (a: string, b: string) => Number(a === '') - Number(b === '') || a.localeCompare(b),
    name: (key: string) => key,
    lead: () => null,
  };

  it('come with their items below, in order', () => {
    const rows = tableRows(items, byId, grouping, new Set());
    expect(rows.map((row) => row.id)).toEqual([groupRowId('shop'), 'a', 'c', groupRowId(''), 'b']);
    expect(itemIds(rows)).toEqual(['a', 'c', 'b']);
  });

  it('hide their items when folded, but still hold them', () => {
    const rows = tableRows(items, byId, grouping, new Set(['shop']));
    expect(rows.map((row) => row.id)).toEqual([groupRowId('shop'), groupRowId(''), 'b']);
    expect(rows[0]?.kind === 'group' && names(rows[0].group.items)).toEqual(['a', 'c']);
  });
});

describe('selection', () => {
  const ids = ['a', 'b', 'c', 'd'];
  it('toggles one', () => {
    expect([...toggle(new Set(['a']), 'b')]).toEqual(['a', 'b']);
    expect([...toggle(new Set(['a']), 'a')]).toEqual([]);
  });
  it('turns several on unless all are on', () => {
    expect([...toggleMany(new Set(['a']), ids)]).toEqual(ids);
    expect([...toggleMany(new Set([...ids, 'z']), ids)]).toEqual(['z']);
  });
  it('extends from the anchor in either direction', () => {
    expect([...extend(new Set(), ids, 'c', 'a')]).toEqual(['a', 'b', 'c']);
    expect([...extend(new Set(['d']), ids, 'a', 'b')]).toEqual(['d', 'a', 'b']);
    expect([...extend(new Set(), ids, 'gone', 'b')]).toEqual(['b']);
  });
  it('knows none, some and all', () => {
    expect(coverage(new Set(), ids)).toBe('none');
    expect(coverage(new Set(['b']), ids)).toBe('some');
    expect(coverage(new Set(ids), ids)).toBe('all');
    expect(coverage(new Set(['b']), [])).toBe('none');
  });
});

describe('the cursor', () => {
  it('moves and stops at the ends', () => {
    expect(movedCursor('ArrowDown', -1, 5, 3)).toBe(0);
    expect(movedCursor('ArrowUp', -1, 5, 3)).toBe(4);
    expect(movedCursor('ArrowDown', 4, 5, 3)).toBe(4);
    expect(movedCursor('PageDown', 1, 5, 3)).toBe(4);
    expect(movedCursor('PageUp', 4, 5, 3)).toBe(1);
    expect(movedCursor('Home', 3, 5, 3)).toBe(0);
    expect(movedCursor('End', 0, 5, 3)).toBe(4);
    expect(movedCursor('x', 0, 5, 3)).toBeNull();
    expect(movedCursor('ArrowDown', -1, 0, 3)).toBeNull();
  });

  it('follows its row, and stays in place when the row is gone', () => {
    expect(keptCursor(['x', 'a'], { id: 'a', index: 0 })).toEqual({ id: 'a', index: 1 });
    expect(keptCursor(['a', 'c'], { id: 'b', index: 1 })).toEqual({ id: 'c', index: 1 });
    expect(keptCursor(['a'], { id: 'b', index: 1 })).toEqual({ id: 'a', index: 0 });
    expect(keptCursor([], { id: 'b', index: 1 })).toBeNull();
  });
});
