import type { ReactNode } from 'react';
import type { CommandPreview } from '../commandStrip';
import type { MenuEntry } from '../menus';

/** What a column sorts by. Missing values come last in both directions. */
export type SortKey = string | number | null | undefined;

export interface Column<T> {
  id: string;
  header: string;
  /** Pixels, or a CSS track such as `minmax(120px, 1fr)`. */
  width: number | string;
  /** The value to sort by; the header becomes a button when set. */
  sort?: (item: T) => SortKey;
  /** Larger first on the first click: sizes, dates, loads. */
  descendingFirst?: boolean;
  /**
   * Runs only when the item object changes identity: state that changes more often (live figures) belongs into a
   * component of its own with its own subscription.
   */
  cell: (item: T) => ReactNode;
  /** Drops the column while the window is narrower than this many pixels. */
  hideBelow?: number;
  align?: 'start' | 'end';
  className?: string;
}

export interface SortState {
  column: string;
  direction: 'ascending' | 'descending';
}

export interface Group<T> {
  key: string;
  items: readonly T[];
  folded: boolean;
}

export interface Grouping<T> {
  /** The group an item belongs to. */
  of: (item: T) => string;
  /** Orders the groups; by key when not set. */
  compare?: (a: string, b: string) => number;
  /** The accessible name of a group row. */
  name: (key: string) => string;
  /** The start of the group row; it spans the columns up to the first one in `cells`. */
  lead: (group: Group<T>) => ReactNode;
  /** Cells under their columns, by column id. */
  cells?: Readonly<Record<string, (group: Group<T>) => ReactNode>>;
}

/** What a row's buttons and keys act on. */
export type RowHandler<T> = (item: T, action: string, origin: Element) => void;

export interface DataTableProps<T> {
  /** The accessible name: "Containers". */
  label: string;
  items: readonly T[];
  id: (item: T) => string;
  /** The accessible name of a row: the container's name. */
  name: (item: T) => string;
  /** Must keep its identity between renders (module constant or useMemo), as must `grouping`. */
  columns: readonly Column<T>[];
  grouping?: Grouping<T> | undefined;
  defaultSort?: SortState;
  /** The item that is open beside the table. */
  current?: string | undefined;
  /** Enter or a click on the row. */
  onOpen?: (item: T) => void;
  /** Ids. With `onSelect` the table has a checkbox column. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** A button with `data-action` in a row (see RowAction), or in a group row. */
  onAction?: RowHandler<T>;
  onGroupAction?: (group: Group<T>, action: string, origin: Element) => void;
  /** What an action would run, for the command strip. */
  preview?: (item: T, action: string) => CommandPreview | undefined;
  /** The row menu: right click, Shift+F10, and the action "menu". */
  menu?: (item: T) => readonly MenuEntry[];
  groupMenu?: (group: Group<T>) => readonly MenuEntry[];
  /** Keys such as "l", "Delete", "F2" while the list has focus; true when handled. */
  onRowKey?: (item: T, key: string) => boolean;
  /** Ids of the rows on screen, for streams that follow only those. */
  onVisible?: (ids: readonly string[]) => void;
  /** Greys the row and makes it busy for screen readers. */
  busy?: (item: T) => boolean;
  /** What stands in place of rows when there are none. */
  empty?: ReactNode;
  /** 38 by default, 30 when compact. */
  compact?: boolean;
}
