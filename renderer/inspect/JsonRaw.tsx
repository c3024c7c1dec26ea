import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, useEffect, useRef } from 'react';
import { classes } from '../ui/classes';
import { marks } from './marks';

const lineHeight = 21;
/** Characters of a line that are drawn; what is copied and saved is whole. */
const shownLength = 2000;

/** `  "name": value,` in its parts. */
const parts = /^(\s*)("(?:[^"\\]|\\.)*")?(: )?(.*?)(,?)$/s;

function colourOf(value: string): string | undefined {
  if (value.startsWith('"')) return 'ag';
  if (/^-?\d/.test(value)) return 'ay';
  if (value === 'true' || value === 'false') return 'am';
  return value === 'null' ? 'ak' : undefined;
}

function Line({ text, wanted, on }: { text: string; wanted: string; on: boolean }) {
  const [, indent = '', first = '', colon = '', rest = '', comma = ''] = parts.exec(text) ?? [];
  const value = colon === '' && rest === '' ? first : rest;
  return (
    <Fragment>
      {indent}
      {colon !== '' && <span className="ac">{marks(first, wanted, on)}</span>}
      {colon}
      <span className={colourOf(value)}>{marks(value, wanted, on)}</span>
      {comma}
    </Fragment>
  );
}

export function JsonRaw({
  lines,
  label,
  line,
  wanted,
  activeLine,
}: {
  lines: readonly string[];
  label: string;
  /** The line that is brought into sight. */
  line: number;
  wanted: string;
  activeLine: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 16,
    paddingStart: 8,
    paddingEnd: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the line, not each scroll
  useEffect(() => {
    virtual.scrollToIndex(line, { align: activeLine < 0 ? 'auto' : 'center' });
  }, [line, lines]);
  return (
    <div
      ref={box}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard
      tabIndex={0}
      className="json-raw"
    >
      <div className="relative min-w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const text = lines[index] ?? '';
          const rest = text.length - shownLength;
          return (
            <div
              key={index}
              className={classes('json-line', index === activeLine && 'on')}
              style={{ top: start }}
            >
              <span className="json-number">{index + 1}</span>
              <bdi className="whitespace-pre">
                <Line text={text.slice(0, shownLength)} wanted={wanted} on={index === activeLine} />
                {rest > 0 && <span className="ak"> … {rest} more characters</span>}
              </bdi>
            </div>
          );
        })}
      </div>
    </div>
  );
}
