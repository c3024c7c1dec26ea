import { useEffect, useId, useRef, useState } from 'react';
import { previewCommand } from './commandStrip';
import { openMenu } from './menus';
import { keptCursor, movedCursor } from './table/cursor';
import type { TableRowModel } from './table/rows';
import { coverage, extend, type Selection, toggle, toggleMany } from './table/selection';
import { TableHead } from './table/TableHead';
import { GroupRow, ItemRow } from './table/TableRow';
import type { DataTableProps } from './table/types';
import { useColumns } from './table/useColumns';
import { useTableRows } from './table/useTableRows';
import { HEAD_HEIGHT, useTableVirtualizer } from './table/useTableVirtualizer';

export { RowAction, RowActions } from './table/RowAction';
export type { Column, DataTableProps, Group, Grouping } from './table/types';

const NOTHING: Selection = new Set();

/**
 * The table of the app: sorted, grouped, virtualised above 200 rows, driven by pointer and keyboard. It fills its
 * parent up to its rows' height: give it a flex column with `min-h-0`. Rows have no listeners; the grid hears
 * everything and looks up the row.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, grouping, onSelect, compact = false } = props;
  const selected = props.selected ?? NOTHING;
  const grid = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const table = useTableRows(props);
  const { rows, ids } = table;
  const { shown, template } = useColumns(columns, onSelect !== undefined);
  const { virtualizer, heightAt, page } = useTableVirtualizer({
    rows,
    scroller: grid,
    compact,
    onVisible: props.onVisible,
  });
  const [cursorState, setCursorState] = useState<{ id: string; index: number } | null>(null);
  const cursor = keptCursor(
    rows.map((row) => row.id),
    cursorState,
  );
  const anchor = useRef<string | null>(null);

  // A preview belongs to a row's button; it must not stay when the table goes.
  useEffect(() => () => previewCommand(null), []);

  const domId = (rowId: string) => `${prefix}${encodeURIComponent(rowId)}`;
  const rowOf = (node: EventTarget | null): TableRowModel<T> | undefined => {
    const id = node instanceof Element ? node.closest('[data-row]')?.getAttribute('data-row') : null;
    return id == null ? undefined : rows.find((row) => row.id === id);
  };
  const moveCursor = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setCursorState({ id: row.id, index });
    virtualizer.scrollToIndex(index);
  };
  const idsOf = (row: TableRowModel<T>) =>
    row.kind === 'item' ? [row.id] : row.group.items.map((item) => props.id(item));

  function select(row: TableRowModel<T>, range: boolean) {
    if (!onSelect) return;
    if (row.kind === 'group') onSelect(toggleMany(selected, idsOf(row)));
    else if (range) onSelect(extend(selected, ids, anchor.current, row.id));
    else onSelect(toggle(selected, row.id));
    if (row.kind === 'item' && !range) anchor.current = row.id;
  }

  function showMenu(row: TableRowModel<T>, at: Element | { x: number; y: number }) {
    const items = row.kind === 'item' ? props.menu?.(row.item) : props.groupMenu?.(row.group);
    if (!items?.length) return;
    const name =
      row.kind === 'item' ? props.name(row.item) : (grouping?.name(row.group.key) ?? row.group.key);
    openMenu({ label: `Actions for ${name}`, items, anchor: at });
  }

  function act(row: TableRowModel<T>, button: Element) {
    const action = button.getAttribute('data-action') ?? '';
    if (action === 'menu') showMenu(row, button);
    else if (row.kind === 'item') props.onAction?.(row.item, action, button);
    else props.onGroupAction?.(row.group, action, button);
  }

  function open(row: TableRowModel<T>) {
    if (row.kind === 'group') table.toggleFold(row.group.key);
    else props.onOpen?.(row.item);
  }

  function handleClick(event: React.MouseEvent) {
    const target = event.target;
    if (!(target instanceof Element)) return;
    const header = target.closest('[data-sort]')?.getAttribute('data-sort');
    const column = columns.find((candidate) => candidate.id === header);
    if (column) return table.sortBy(column);
    if (target.closest('[data-check-all]')) return onSelect?.(toggleMany(selected, ids));
    const row = rowOf(target);
    if (!row) return;
    setCursorState({ id: row.id, index: rows.indexOf(row) });
    const button = target.closest('[data-action]');
    if (button) return act(row, button);
    if (target.closest('.dt-check') || event.ctrlKey || event.metaKey || event.shiftKey) {
      return select(row, event.shiftKey);
    }
    if (!target.closest('a, button')) open(row);
  }

  function handleKey(event: React.KeyboardEvent) {
    // Header buttons and links in cells keep their own keys.
    if (event.target !== grid.current || event.altKey) return;
    if (handleGridKey(event)) event.preventDefault();
  }

  function handleGridKey(event: React.KeyboardEvent): boolean {
    const { key } = event;
    const control = event.ctrlKey || event.metaKey;
    if (control && key.toLowerCase() === 'a') {
      onSelect?.(toggleMany(NOTHING, ids));
      return onSelect !== undefined;
    }
    if (control) return false;
    if (key === 'Escape' && selected.size > 0) {
      onSelect?.(NOTHING);
      return true;
    }
    const moved = movedCursor(key, cursor?.index ?? -1, rows.length, page);
    if (moved !== null) {
      moveCursor(moved);
      const row = rows[moved];
      if (event.shiftKey && row?.kind === 'item') {
        anchor.current ??= rows[cursor?.index ?? moved]?.id ?? null;
        onSelect?.(extend(selected, ids, anchor.current, row.id));
      }
      return true;
    }
    const row = cursor ? rows[cursor.index] : undefined;
    return row !== undefined && handleRowKey(row, key, event.shiftKey);
  }

  function handleRowKey(row: TableRowModel<T>, key: string, shift: boolean): boolean {
    switch (key) {
      case 'Enter':
        open(row);
        return true;
      case ' ':
        select(row, shift);
        return true;
      case 'ContextMenu':
        return showMenuAtRow(row);
      case 'F10':
        return shift && showMenuAtRow(row);
      case 'ArrowLeft':
        return fold(row);
      case 'ArrowRight':
        if (row.kind !== 'group' || !row.group.folded) return false;
        table.toggleFold(row.group.key);
        return true;
      default:
        return row.kind === 'item' && (props.onRowKey?.(row.item, key) ?? false);
    }
  }

  function fold(row: TableRowModel<T>): boolean {
    if (row.kind === 'group') {
      if (!row.group.folded) table.toggleFold(row.group.key);
      return true;
    }
    const at = rows.indexOf(row);
    const head = rows.slice(0, at).findLastIndex((candidate) => candidate.kind === 'group');
    if (head === -1) return false;
    moveCursor(head);
    return true;
  }

  function showMenuAtRow(row: TableRowModel<T>): boolean {
    const element = document.getElementById(domId(row.id));
    if (!element) return false;
    const box = element.getBoundingClientRect();
    showMenu(row, { x: box.left + 48, y: box.bottom - 6 });
    return true;
  }

  function handlePreview(event: React.PointerEvent) {
    if (!props.preview) return;
    const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
    const row = button ? rowOf(button) : undefined;
    const action = button?.getAttribute('data-action') ?? '';
    previewCommand(row?.kind === 'item' ? (props.preview(row.item, action) ?? null) : null);
  }

  const selectable = onSelect !== undefined;
  return (
    <div className="card dt-card">
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is grid or treegrid, which the rule cannot read */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        ref={grid}
        role={grouping ? 'treegrid' : 'grid'}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={selectable || undefined}
        aria-activedescendant={cursor ? domId(cursor.id) : undefined}
        tabIndex={0}
        data-scrolls={virtualizer.getTotalSize() > (virtualizer.scrollRect?.height ?? Infinity) || undefined}
        className="dt"
        style={{ '--dt-cols': template } as React.CSSProperties}
        onClick={handleClick}
        onKeyDown={handleKey}
        onFocus={(event) => {
          if (event.target === grid.current && !cursor && rows[0])
            setCursorState({ id: rows[0].id, index: 0 });
        }}
        onMouseDown={(event) => {
          // Focus stays on the grid, so that keys go on working after a click on a row's button.
          if (!rowOf(event.target) || (event.target instanceof Element && event.target.closest('a, input')))
            return;
          event.preventDefault();
          grid.current?.focus({ preventScroll: true });
        }}
        onContextMenu={(event) => {
          const row = rowOf(event.target);
          if (!row) return;
          event.preventDefault();
          setCursorState({ id: row.id, index: rows.indexOf(row) });
          showMenu(row, { x: event.clientX, y: event.clientY });
        }}
      >
        <div role="rowgroup" className="dt-head-group">
          <TableHead
            columns={shown}
            sort={table.sort}
            coverage={coverage(selected, ids)}
            selectable={selectable}
          />
        </div>
        <div
          role="rowgroup"
          className="dt-body"
          style={{ height: virtualizer.getTotalSize() }}
          onPointerEnter={table.hold}
          onPointerMove={table.hold}
          onPointerLeave={() => {
            table.release();
            previewCommand(null);
          }}
          onPointerOver={handlePreview}
        >
          {virtualizer.getVirtualItems().map((place) => {
            const row = rows[place.index];
            if (!row) return null;
            const placed = {
              rowId: row.id,
              domId: domId(row.id),
              rowIndex: place.index + 2,
              top: place.start - HEAD_HEIGHT,
              height: heightAt(place.index),
              cursor: cursor?.id === row.id,
              selectable,
            };
            return row.kind === 'group' && grouping ? (
              <GroupRow
                key={row.id}
                {...placed}
                group={row.group}
                grouping={grouping}
                columns={shown}
                coverage={coverage(selected, idsOf(row))}
              />
            ) : row.kind === 'item' ? (
              <ItemRow
                key={row.id}
                {...placed}
                item={row.item}
                name={props.name(row.item)}
                columns={shown}
                selected={selected.has(row.id)}
                current={props.current === row.id}
                busy={props.busy?.(row.item) ?? false}
                grouped={row.grouped}
              />
            ) : null;
          })}
        </div>
      </div>
      {rows.length === 0 && props.empty}
    </div>
  );
}
