import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { CheckMark } from '../Checkbox';
import { classes } from '../classes';
import type { Coverage } from './selection';
import type { Column, Group, Grouping } from './types';

interface Placed {
  rowId: string;
  domId: string;
  /** Position in the grid, the header being row 1. */
  rowIndex: number;
  top: number;
  height: number;
  cursor: boolean;
  selectable: boolean;
}

interface ItemRowProps<T> extends Placed {
  item: T;
  name: string;
  columns: readonly Column<T>[];
  selected: boolean;
  current: boolean;
  busy: boolean;
  grouped: boolean;
}

function ItemRowPlain<T>(props: ItemRowProps<T>) {
  const { item, columns, selected, cursor, selectable } = props;
  return (
    <div
      role="row"
      id={props.domId}
      data-row={props.rowId}
      aria-rowindex={props.rowIndex}
      aria-level={props.grouped ? 2 : undefined}
      aria-selected={selectable ? selected : undefined}
      aria-current={props.current || undefined}
      aria-busy={props.busy || undefined}
      className={classes('dt-row', (selected || props.current) && 'sel', cursor && 'cursor')}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      {selectable && <CheckCell name={props.name} checked={selected} />}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes('dt-cell', column.align === 'end' && 'text-right', column.className)}
        >
          <Cell item={item} column={column} />
        </div>
      ))}
    </div>
  );
}

/** A row renders again only when its item changes identity, or when its place, mark or columns change. */
export const ItemRow = memo(ItemRowPlain) as typeof ItemRowPlain;

function CellPlain<T>({ item, column }: { item: T; column: Column<T> }) {
  return <>{column.cell(item)}</>;
}

/** Moving the cursor or a row must not run its cells again. */
const Cell = memo(CellPlain) as typeof CellPlain;

function CheckCell({ name, checked, mixed }: { name: string; checked: boolean; mixed?: boolean }) {
  return (
    <div role="gridcell" className="dt-check">
      <button
        type="button"
        role="checkbox"
        aria-label={`Select ${name}`}
        aria-checked={mixed ? 'mixed' : checked}
        tabIndex={-1}
        data-check=""
        className="check"
      >
        <CheckMark checked={checked} mixed={mixed} />
      </button>
    </div>
  );
}

interface GroupRowProps<T> extends Placed {
  group: Group<T>;
  grouping: Grouping<T>;
  columns: readonly Column<T>[];
  coverage: Coverage;
}

/** A group's row: its lead spans the columns up to the first one that has a cell of its own. */
export function GroupRow<T>(props: GroupRowProps<T>) {
  const { group, grouping, columns, selectable } = props;
  const own = grouping.cells ?? {};
  const firstOwn = columns.findIndex((column) => column.id in own);
  const span = firstOwn === -1 ? columns.length : Math.max(1, firstOwn);
  const Chevron = group.folded ? ChevronRight : ChevronDown;
  return (
    <div
      role="row"
      id={props.domId}
      data-row={props.rowId}
      aria-rowindex={props.rowIndex}
      aria-level={1}
      aria-expanded={!group.folded}
      aria-selected={selectable ? props.coverage === 'all' : undefined}
      className={classes('dt-row grp', props.cursor && 'cursor')}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      {selectable && (
        <CheckCell
          name={grouping.name(group.key)}
          checked={props.coverage === 'all'}
          mixed={props.coverage === 'some'}
        />
      )}
      <div role="gridcell" aria-colspan={span} className="dt-cell" style={{ gridColumn: `span ${span}` }}>
        <span className="flex items-center gap-2 min-w-0">
          <Chevron size={14} className="text-fg3" aria-hidden="true" />
          {grouping.lead(group)}
        </span>
      </div>
      {columns.slice(span).map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes('dt-cell', column.align === 'end' && 'text-right', column.className)}
        >
          {own[column.id]?.(group)}
        </div>
      ))}
    </div>
  );
}
