import { ArrowDown, ArrowUp } from 'lucide-react';
import { CheckMark } from '../Checkbox';
import type { Coverage } from './selection';
import type { Column, SortState } from './types';

/** The header row. Focus stays on the grid, which names its active row; clicks are heard by the table through the data attributes. */
export function TableHead<T>({
  columns,
  sort,
  coverage,
  selectable,
}: {
  columns: readonly Column<T>[];
  sort: SortState | null;
  coverage: Coverage;
  selectable: boolean;
}) {
  return (
    <div role="row" aria-rowindex={1} className="dt-head">
      {selectable && (
        <div role="columnheader" className="dt-check">
          <button
            type="button"
            role="checkbox"
            aria-label="Select all"
            aria-checked={coverage === 'all' ? true : coverage === 'some' ? 'mixed' : false}
            data-check-all=""
            className="check"
          >
            <CheckMark checked={coverage === 'all'} mixed={coverage === 'some'} />
          </button>
        </div>
      )}
      {columns.map((column) => (
        <HeadCell key={column.id} column={column} sort={sort} />
      ))}
    </div>
  );
}

function HeadCell<T>({ column, sort }: { column: Column<T>; sort: SortState | null }) {
  const active = sort?.column === column.id ? sort.direction : undefined;
  return (
    <div
      role="columnheader"
      aria-sort={active}
      className={column.align === 'end' ? 'dt-cell text-right' : 'dt-cell'}
    >
      {column.sort ? (
        <button type="button" data-sort={column.id} className={active ? 'sort' : 'sort-off'}>
          {column.header}
          {active === 'ascending' && <ArrowUp size={12} aria-hidden="true" />}
          {active === 'descending' && <ArrowDown size={12} aria-hidden="true" />}
        </button>
      ) : (
        column.header || <span className="sr-only">Actions</span>
      )}
    </div>
  );
}
