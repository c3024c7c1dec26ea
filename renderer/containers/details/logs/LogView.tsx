import {
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import { rowHeightOf, useMonoFont } from '../../../shell/monoFont';
import { copyLines } from './copyLines';
import { HitMarks } from './HitMarks';
import type { LineStore } from './LineStore';
import { LogRow } from './LogRow';
import { layOut } from './RowLayout';
import type { Hit } from './search';
import { useColumns } from './useColumns';

/** Rows that are drawn above and below what is seen. */
const overscan = 12;
/** Older lines are asked for when this little is left above. */
const nearTop = 600;
/** Measured heights that are remembered. */
const measuredLimit = 20_000;

export interface LogViewHandle {
  /** Follows the newest line again. */
  toEnd(): void;
  /** Scrolls a line into the middle, unless it is in sight; following pauses. */
  show(line: number): void;
  /** The first line in sight. */
  firstInSight(): number;
}

interface LogViewProps {
  store: LineStore;
  label: string;
  errors: boolean | null;
  timestamps: boolean;
  wrap: boolean;
  wanted: string;
  hits: readonly Hit[];
  activeHit: Hit | null;
  following: boolean;
  onFollow: (following: boolean) => void;
  onNearTop: () => void;
  /** What lies over the upper edge. */
  note: ReactNode;
  ref: Ref<LogViewHandle>;
}

/**
 * The lines of a log, of which only those in sight are drawn. The rows are placed here and not by a list library,
 * because that keeps an object per row and computes all of them anew with each batch.
 */
export function LogView(props: LogViewProps) {
  const { store, errors, timestamps, wrap, wanted, activeHit, following, onFollow } = props;
  const box = useRef<HTMLDivElement>(null);
  const font = useMonoFont();
  const rowHeight = rowHeightOf(font.size);
  const { height: boxHeight, columns } = useColumns(box, timestamps, font);
  const [scrollTop, setScrollTop] = useState(0);
  /** Rows that wrapped lines were seen to need. */
  const measured = useRef(new Map<number, number>());
  const [measurement, remeasure] = useReducer((count: number) => count + 1, 0);
  /** What has to stay where it is: a line, and how far below its beginning the view begins. */
  const anchor = useRef({ line: 0, offset: 0 });
  const lastTop = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured heights hold for one width
  useMemo(() => measured.current.clear(), [columns, wrap, rowHeight]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store and the measured heights change in place
  const layout = useMemo(
    () => layOut(store, { rowHeight, errors, columns: wrap ? columns : null, measured: measured.current }),
    [store, store.version, rowHeight, errors, wrap, columns, measurement],
  );

  const scrollTo = (top: number) => {
    if (!box.current) return;
    box.current.scrollTop = top;
    lastTop.current = box.current.scrollTop;
    setScrollTop(box.current.scrollTop);
  };
  const remember = (top: number) => {
    const row = Math.min(layout.at(top), Math.max(0, layout.count - 1));
    anchor.current = { line: layout.line(row), offset: top - layout.top(row) };
  };

  // After each change of the lines: at the end while following, else where the reader was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts on new layouts, not on what else is read here
  useLayoutEffect(() => {
    if (!box.current) return;
    if (following) {
      scrollTo(layout.height + boxHeight);
      return;
    }
    const { line, offset } = anchor.current;
    const top = layout.top(layout.row(Math.max(line, store.first))) + offset;
    if (Math.abs(top - box.current.scrollTop) > 1) scrollTo(top);
  }, [layout, following, boxHeight]);

  useImperativeHandle(props.ref, () => ({
    toEnd: () => {
      onFollow(true);
      scrollTo(layout.height + boxHeight);
    },
    show: (line) => {
      onFollow(false);
      const top = layout.top(layout.row(line));
      const seen = top >= lastTop.current + rowHeight && top <= lastTop.current + boxHeight - 2 * rowHeight;
      if (!seen) scrollTo(Math.max(0, top - boxHeight / 2));
      remember(lastTop.current);
    },
    firstInSight: () => layout.line(layout.at(lastTop.current)),
  }));

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const top = element.scrollTop;
    const atEnd = top + element.clientHeight >= element.scrollHeight - 4;
    // Only a scroll upwards is the reader's: the end itself moves down with each line.
    if (following && top < lastTop.current - 1 && !atEnd) onFollow(false);
    else if (!following && atEnd && top > lastTop.current) onFollow(true);
    lastTop.current = top;
    remember(top);
    setScrollTop(top);
    if (top < nearTop) props.onNearTop();
  };

  const firstRow = Math.max(0, layout.at(scrollTop) - overscan);
  const lastRow = Math.min(layout.count - 1, layout.at(scrollTop + boxHeight) + overscan);
  const rows = [];
  for (let row = firstRow; row <= lastRow; row += 1) rows.push(row);

  // A wrapped line with tabs or wide characters needs other rows than its length says.
  useLayoutEffect(() => {
    if (!wrap || !box.current) return;
    let changed = false;
    for (const element of box.current.querySelectorAll<HTMLElement>('[data-line]')) {
      const line = Number(element.dataset.line);
      const needed = Math.max(1, Math.round(element.offsetHeight / rowHeight));
      const row = layout.row(line);
      if (Math.round((layout.top(row + 1) - layout.top(row)) / rowHeight) === needed) continue;
      if (measured.current.size > measuredLimit) measured.current.clear();
      measured.current.set(line, needed);
      changed = true;
    }
    if (changed) remeasure();
  });

  return (
    <div className="log-frame">
      <div
        ref={box}
        className="log"
        role="log"
        aria-live="off"
        aria-label={props.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
        onCopy={(event) => copyLines(event, store, timestamps)}
      >
        <div className="lines" style={{ height: layout.height }}>
          {rows.map((row) => {
            const number = layout.line(row);
            return (
              <LogRow
                key={number}
                line={store.line(number)}
                top={layout.top(row)}
                timestamps={timestamps}
                wrap={wrap}
                wanted={wanted}
                activeAt={activeHit?.line === number ? activeHit.at : -1}
              />
            );
          })}
        </div>
      </div>
      <HitMarks hits={props.hits} layout={layout} active={activeHit} />
      {props.note}
    </div>
  );
}
