import { describe, expect, it } from 'vitest';
import type { LogLine } from '#contract';
import { parseLine, plainText } from '../../../../../renderer/containers/details/logs/ansi';
import { LineStore, storeLimit } from '../../../../../renderer/containers/details/logs/LineStore';
import { layOut } from '../../../../../renderer/containers/details/logs/RowLayout';
import { findHits, hitFrom } from '../../../../../renderer/containers/details/logs/search';

const at = (n: number) => `2026-03-01T10:00:00.${String(n).padStart(9, '0')}Z`;
const lines = (from: number, to: number, text = (n: number) => `line ${n}`): LogLine[] =>
  Array.from({ length: to - from }, (_, index) => {
    const n = from + index;
    return { stream: n % 10 === 0 ? 'stderr' : 'stdout', time: at(Math.abs(n)), text: text(n) };
  });
const textOf = (store: LineStore) =>
  Array.from({ length: store.count }, (_, i) => store.line(store.first + i).text);

describe('ANSI', () => {
  it('colours become tokens, in pieces', () => {
    const segments = parseLine('a \u001b[1;31mred\u001b[0m b \u001b[97mwhite\u001b[39;44m!');
    expect(segments.map(({ text }) => text)).toEqual(['a ', 'red', ' b ', 'white', '!']);
    expect(segments[1]?.look).toMatchObject({ colour: 'var(--g-ansi-red)', bold: true });
    expect(segments[2]?.look).toBeNull();
    expect(segments[3]?.look?.colour).toBe('var(--g-ansi-bright-white)');
    expect(segments[4]?.look).toMatchObject({
      colour: null,
      background: expect.stringContaining('--g-ansi-blue'),
    });
  });

  it('256 colours and true colours take the nearest token', () => {
    const colour = (codes: string) => parseLine(`\u001b[${codes}mx`)[0]?.look?.colour;
    expect(colour('38;5;9')).toBe('var(--g-ansi-bright-red)');
    expect(colour('38;5;28')).toBe('var(--g-ansi-green)');
    expect(colour('38;2;80;120;255')).toBe('var(--g-ansi-bright-blue)');
    expect(colour('38:2:200:180:20')).toBe('var(--g-ansi-yellow)');
    expect(colour('38;5;240')).toContain('--g-ansi-');
  });

  it('sequences that set titles, links or the clipboard, and control characters, are dropped', () => {
    const hostile =
      '\u001b]0;owned\u0007a\u001b]52;c;cm0gLXJm\u001b\\b\u001b]8;;http://evil\u001b\\c\u001b]8;;\u001b\\d' +
      '\u001b[2J\u001b[10;10He\u001bPq#0\u001b\\f\u009b31mg\u0000\u0008h\tend\u001b';
    expect(plainText(hostile)).toBe('abcdefgh\tend');
  });

  it('a carriage return lets what follows replace what was', () => {
    expect(plainText('10%\r50%\r\u001b[32m100%')).toBe('100%');
    expect(plainText('kept\r')).toBe('kept');
  });
});

describe('LineStore', () => {
  it('keeps lines in order, whatever sizes they come in', () => {
    const store = new LineStore();
    for (let n = 0; n < 3000; n += 7) store.append(lines(n, n + 7));
    store.prepend(lines(-500, 0));
    expect(textOf(store)).toEqual(lines(-500, 3003).map((line) => line.text));
    expect(store.first).toBe(-500);
    expect(store.line(20)).toMatchObject({ text: 'line 20', error: true, time: Date.parse(at(20)), cut: 0 });
    expect(store.errors).toBe(lines(-500, 3003).filter((line) => line.stream === 'stderr').length);
    expect(store.newestTime).toBe(at(3002));
    expect(store.oldestTime).toBe(at(500));
  });

  it('holds the newest lines only, with their numbers', () => {
    const store = new LineStore();
    store.append(lines(0, 90_000));
    store.append(lines(90_000, 100_250));
    store.append([{ stream: 'stdout', time: at(1), text: 'x', cut: 5 }]);
    expect(store.count).toBe(storeLimit);
    expect(store.line(store.first).text).toBe('line 251');
    expect(store.line(store.end - 1)).toMatchObject({ text: 'x', cut: 5 });
    let errors = 0;
    store.scan(store.first, (_line, _length, error) => {
      if (error) errors += 1;
    });
    expect(store.errors).toBe(errors);
    store.prepend(lines(-5, 0));
    expect(store.line(store.first).text).toBe('line 251');
    store.clear();
    expect([store.count, store.errors]).toEqual([0, 0]);
    store.append(lines(1, 2));
    expect(textOf(store)).toEqual(['line 1']);
  });
});

describe('layout', () => {
  const rowHeight = 19;
  const store = new LineStore();
  store.append(lines(0, 100, (n) => 'x'.repeat(n)));

  it('of lines that are not wrapped is arithmetic', () => {
    const layout = layOut(store, { rowHeight, errors: null, columns: null, measured: new Map() });
    expect([layout.count, layout.height, layout.at(rowHeight * 5 + 1), layout.line(5)]).toEqual([
      100,
      100 * rowHeight,
      5,
      5,
    ]);
  });

  it('of wrapped lines counts the rows that their characters fill', () => {
    const layout = layOut(store, { rowHeight, errors: null, columns: 10, measured: new Map([[3, 4]]) });
    expect(layout.top(3) / rowHeight).toBe(3);
    expect(layout.top(4) / rowHeight).toBe(7);
    // 0 … 10 characters take one row each, and three more for the measured one.
    expect(layout.top(11) / rowHeight).toBe(14);
    expect(layout.at(layout.top(50))).toBe(50);
    expect(layout.at(layout.top(50) - 1)).toBe(49);
  });

  it('of one stream has its lines alone', () => {
    const layout = layOut(store, { rowHeight, errors: true, columns: null, measured: new Map() });
    expect(Array.from({ length: layout.count }, (_, row) => layout.line(row))).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90,
    ]);
    expect([layout.row(30), layout.row(31), layout.row(99)]).toEqual([3, 4, 9]);
  });
});

describe('search', () => {
  it('finds every hit, in either case, in what is shown', () => {
    const store = new LineStore();
    store.append(
      lines(0, 30, (n) => (n % 5 === 0 ? `\u001b[31mTime\u001b[0mout and timeout ${n}` : `line ${n}`)),
    );
    const all = findHits(store, 'TIMEOUT', { from: store.first, errors: null });
    expect(all.slice(0, 3)).toEqual([
      { line: 0, at: 0 },
      { line: 0, at: 12 },
      { line: 5, at: 0 },
    ]);
    expect(all).toHaveLength(12);
    expect(findHits(store, 'timeout', { from: store.first, errors: true })).toHaveLength(6);
    expect(findHits(store, '', { from: store.first, errors: null })).toEqual([]);
    expect([hitFrom(all, 0), hitFrom(all, 6), hitFrom(all, 29), hitFrom([], 3)]).toEqual([0, 4, 11, -1]);
  });

  it('goes on where it was when lines come', () => {
    const store = new LineStore();
    store.append(lines(0, 10));
    const hits = findHits(store, 'line', { from: store.first, errors: null });
    store.append(lines(10, 12));
    expect(findHits(store, 'line', { from: 10, errors: null }, hits)).toHaveLength(12);
  });
});
