import { memo } from 'react';
import { classes } from '../../../ui/classes';
import { type Look, parseLine, type Segment } from './ansi';
import type { StoredLine } from './LineStore';

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** Local time with milliseconds; empty when the engine gave none. */
export const lineTime = (time: number) => (Number.isNaN(time) ? '' : clock.format(time));

function styleOf(look: Look | null) {
  if (!look) return undefined;
  const { colour, background, inverse } = look;
  return {
    color: inverse ? 'var(--g-sunken)' : (colour ?? undefined),
    background: inverse ? (colour ?? 'var(--g-fg-2)') : (background ?? undefined),
    fontWeight: look.bold ? 650 : undefined,
    opacity: look.dim ? 0.75 : undefined,
    fontStyle: look.italic ? 'italic' : undefined,
    textDecoration:
      [look.underline && 'underline', look.strike && 'line-through'].filter(Boolean).join(' ') || undefined,
  };
}

interface Piece extends Segment {
  /** Where in the line's text it begins. */
  at: number;
  hit: boolean;
}

/** Cuts segments where hits begin and end. */
function withHits(segments: Segment[], wanted: string): Piece[] {
  const text = segments.map((segment) => segment.text).join('');
  const lower = text.toLowerCase();
  const low = lower.length === text.length ? lower : text;
  const needle = wanted.toLowerCase();
  const pieces: Piece[] = [];
  let begin = 0;
  let hitAt = needle === '' ? -1 : low.indexOf(needle);
  for (const { text: part, look } of segments) {
    const end = begin + part.length;
    let at = begin;
    while (at < end) {
      const hitEnd = hitAt + needle.length;
      if (hitAt >= 0 && at >= hitEnd) {
        hitAt = low.indexOf(needle, hitEnd);
        continue;
      }
      const inHit = hitAt >= 0 && at >= hitAt;
      const until = hitAt < 0 ? end : Math.min(end, inHit ? hitEnd : hitAt);
      pieces.push({ text: text.slice(at, until), look, at, hit: inHit });
      at = until;
    }
    begin = end;
  }
  return pieces;
}

interface LogRowProps {
  line: StoredLine;
  top: number;
  timestamps: boolean;
  wrap: boolean;
  wanted: string;
  /** Where the hit that is shown begins in this line; -1 when it is in another one. */
  activeAt: number;
}

/** One line of the log, at its place. */
export const LogRow = memo(function LogRow({ line, top, timestamps, wrap, wanted, activeAt }: LogRowProps) {
  return (
    <div
      className={classes('l', line.error && 'e', !timestamps && 'no-time', wrap && 'wrap')}
      style={{ top }}
      data-line={line.number}
    >
      <i />
      {timestamps && <span className="t">{lineTime(line.time)}</span>}
      <span className="text">
        {withHits(parseLine(line.text), wanted).map((piece) =>
          piece.hit ? (
            <mark key={piece.at} className={piece.at === activeAt ? 'on' : undefined}>
              {piece.text}
            </mark>
          ) : piece.look ? (
            <span key={piece.at} style={styleOf(piece.look)}>
              {piece.text}
            </span>
          ) : (
            piece.text
          ),
        )}
        {line.cut > 0 && <span className="cut"> … {line.cut} more characters</span>}
      </span>
    </div>
  );
}, sameRow);

function sameRow(a: LogRowProps, b: LogRowProps): boolean {
  return (
    a.line.number === b.line.number &&
    a.top === b.top &&
    a.timestamps === b.timestamps &&
    a.wrap === b.wrap &&
    a.wanted === b.wanted &&
    a.activeAt === b.activeAt
  );
}
