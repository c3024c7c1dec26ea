import type { LineStore } from './LineStore';

/** Which lines are shown, and where each begins, in pixels. */
export interface RowLayout {
  count: number;
  height: number;
  /** Line number of a row. */
  line(row: number): number;
  /** Row of a line, or of the next one that is shown. */
  row(line: number): number;
  top(row: number): number;
  /** Row at a height. */
  at(y: number): number;
}

interface LayoutOptions {
  /** In pixels. */
  rowHeight: number;
  /** Standard error alone, standard output alone, or both. */
  errors: boolean | null;
  /** Characters that fit in a row when lines are wrapped; null when they are not. */
  columns: number | null;
  /** Rows of text that a line was measured to need, where it is not what its length says. */
  measured: ReadonlyMap<number, number>;
}

/** Lowest index whose value is above `value`, minus one. */
function lastNotAbove(values: Float64Array | Int32Array, length: number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function plainLayout(store: LineStore, rowHeight: number): RowLayout {
  const { first, count } = store;
  return {
    count,
    height: count * rowHeight,
    line: (row) => first + row,
    row: (line) => Math.max(0, line - first),
    top: (row) => row * rowHeight,
    at: (y) => Math.floor(y / rowHeight),
  };
}

/**
 * Places the lines. Rows that are not wrapped are all of one height. A wrapped line needs as many rows as its
 * characters fill, because they are all of one width, or as many as it was measured to.
 */
export function layOut(store: LineStore, { rowHeight, errors, columns, measured }: LayoutOptions): RowLayout {
  if (errors === null && columns === null) return plainLayout(store, rowHeight);
  const lines = new Int32Array(store.count);
  const tops = new Float64Array(store.count + 1);
  let count = 0;
  let height = 0;
  store.scan(store.first, (line, length, error) => {
    if (errors !== null && errors !== error) return;
    lines[count] = line;
    tops[count] = height;
    const rows = columns === null ? 1 : (measured.get(line) ?? Math.max(1, Math.ceil(length / columns)));
    height += rows * rowHeight;
    count += 1;
  });
  tops[count] = height;
  const { first } = store;
  return {
    count,
    height,
    line: (row) => lines[row] ?? first,
    row: (line) => {
      const found = lastNotAbove(lines, count, line);
      return found >= 0 && lines[found] === line ? found : Math.min(found + 1, Math.max(0, count - 1));
    },
    top: (row) => tops[row] ?? height,
    at: (y) => Math.max(0, lastNotAbove(tops, count, y)),
  };
}
