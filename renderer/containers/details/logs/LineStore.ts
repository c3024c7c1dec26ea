import type { LogLine } from '#contract';
import { hasControls, plainText } from './ansi';

/** Lines that are held. */
export const storeLimit = 100_000;
/** Characters that are held: fewer lines when they are very long. */
const characterLimit = 40_000_000;
/** Blocks that are smaller take what comes next in; larger ones stay as they are. */
const smallBlock = 512;

const isError = 1;
const hasEscapes = 2;

/** Some lines in a row: one string and arrays of numbers instead of an object per line. */
interface Block {
  /** Number of its first line. */
  first: number;
  text: string;
  /** Where each line ends in `text`. */
  ends: Uint32Array;
  /** Milliseconds since 1970. */
  times: Float64Array;
  flags: Uint8Array;
  /** Characters of the text without escapes. */
  lengths: Uint16Array;
  /** Characters that were left out, by the line's place. */
  cuts: Map<number, number>;
}

/** A line as a row shows it. */
export interface StoredLine {
  number: number;
  /** Escapes kept. */
  text: string;
  /** Milliseconds since 1970; NaN when the engine gave no time. */
  time: number;
  error: boolean;
  cut: number;
}

function blockOf(lines: readonly LogLine[], first: number): Block {
  const block: Block = {
    first,
    text: lines.map((line) => line.text).join(''),
    ends: new Uint32Array(lines.length),
    times: new Float64Array(lines.length),
    flags: new Uint8Array(lines.length),
    lengths: new Uint16Array(lines.length),
    cuts: new Map(),
  };
  let end = 0;
  lines.forEach((line, index) => {
    const escapes = hasControls(line.text);
    end += line.text.length;
    block.ends[index] = end;
    block.times[index] = Date.parse(line.time);
    block.flags[index] = (line.stream === 'stderr' ? isError : 0) | (escapes ? hasEscapes : 0);
    block.lengths[index] = escapes ? plainText(line.text).length : line.text.length;
    if (line.cut) block.cuts.set(index, line.cut);
  });
  return block;
}

function joined(a: Block, b: Block): Block {
  const count = a.ends.length;
  const ends = new Uint32Array(count + b.ends.length);
  ends.set(a.ends);
  b.ends.forEach((end, index) => {
    ends[count + index] = a.text.length + end;
  });
  const times = new Float64Array(ends.length);
  times.set(a.times);
  times.set(b.times, count);
  const flags = new Uint8Array(ends.length);
  flags.set(a.flags);
  flags.set(b.flags, count);
  const lengths = new Uint16Array(ends.length);
  lengths.set(a.lengths);
  lengths.set(b.lengths, count);
  const cuts = new Map(a.cuts);
  for (const [index, cut] of b.cuts) cuts.set(count + index, cut);
  return { first: a.first, text: a.text + b.text, ends, times, flags, lengths, cuts };
}

/**
 * The newest lines of a log, numbered: numbers grow with time and stay with their line, those of older lines that
 * come later are smaller, down to negative ones. Holds at most `storeLimit` lines.
 */
export class LineStore {
  private blocks: Block[] = [];
  private characters = 0;
  /** Number of the oldest line, and the one after the newest. */
  first = 0;
  end = 0;
  /** Lines of standard error. */
  errors = 0;
  /** When the engine received the newest and the oldest line, in its own words, which are exact. */
  newestTime = '';
  oldestTime = '';
  private listeners = new Set<() => void>();
  /** Changes with each change; for useSyncExternalStore. */
  version = 0;

  get count(): number {
    return this.end - this.first;
  }

  /** Whether older lines have no room. */
  get full(): boolean {
    return this.count >= storeLimit || this.characters >= characterLimit;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  append(lines: readonly LogLine[]): void {
    if (lines.length === 0) return;
    const block = blockOf(lines, this.end);
    const last = this.blocks.at(-1);
    if (last && last.ends.length < smallBlock && last.first >= this.first) {
      this.blocks[this.blocks.length - 1] = joined(last, block);
    } else this.blocks.push(block);
    this.end += lines.length;
    this.characters += block.text.length;
    this.newestTime = lines.at(-1)?.time || this.newestTime;
    if (this.oldestTime === '') this.oldestTime = lines[0]?.time ?? '';
    for (const line of lines) if (line.stream === 'stderr') this.errors += 1;
    this.drop();
    this.changed();
  }

  /** Older lines, oldest first, before all that are held; as many of the newest of them as there is room for. */
  prepend(lines: readonly LogLine[]): void {
    const room = this.full ? 0 : storeLimit - this.count;
    const taken = lines.slice(Math.max(0, lines.length - room));
    if (taken.length === 0) return;
    this.first -= taken.length;
    const block = blockOf(taken, this.first);
    this.blocks.unshift(block);
    this.characters += block.text.length;
    this.oldestTime = taken[0]?.time ?? '';
    for (const line of taken) if (line.stream === 'stderr') this.errors += 1;
    this.changed();
  }

  /** Forgets all lines; numbers go on. */
  clear(): void {
    this.blocks = [];
    this.characters = 0;
    this.first = this.end;
    this.errors = 0;
    this.newestTime = '';
    this.oldestTime = '';
    this.changed();
  }

  line(number: number): StoredLine {
    const [block, index] = this.find(number);
    return {
      number,
      text: textAt(block, index),
      time: block.times[index] ?? Number.NaN,
      error: ((block.flags[index] ?? 0) & isError) !== 0,
      cut: block.cuts.get(index) ?? 0,
    };
  }

  /** Calls with each line from a number on: its characters without escapes, and whether it is standard error. */
  scan(from: number, visit: (number: number, length: number, error: boolean) => void): void {
    for (const { first, flags, lengths } of this.blocks) {
      for (let index = Math.max(0, Math.max(from, this.first) - first); index < flags.length; index += 1) {
        visit(first + index, lengths[index] ?? 0, ((flags[index] ?? 0) & isError) !== 0);
      }
    }
  }

  /** Calls with each line's text without escapes, from a number on. */
  scanText(from: number, visit: (number: number, text: string, error: boolean) => void): void {
    for (const block of this.blocks) {
      const { first, flags } = block;
      for (let index = Math.max(0, Math.max(from, this.first) - first); index < flags.length; index += 1) {
        const flag = flags[index] ?? 0;
        const text = textAt(block, index);
        visit(first + index, flag & hasEscapes ? plainText(text) : text, (flag & isError) !== 0);
      }
    }
  }

  private find(number: number): [Block, number] {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.blocks[middle]?.first ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    const block = this.blocks[low];
    if (!block || number < this.first || number >= this.end)
      throw new RangeError(`No line ${number} is held`);
    return [block, number - block.first];
  }

  /** Makes room: whole blocks while there are too many characters, then the lines beyond the limit. */
  private drop(): void {
    let first = Math.max(this.first, this.end - storeLimit);
    let characters = this.characters;
    for (const block of this.blocks.slice(0, -1)) {
      if (characters <= characterLimit) break;
      characters -= block.text.length;
      first = Math.max(first, block.first + block.flags.length);
    }
    if (first <= this.first) return;
    for (let block = this.blocks[0]; block; block = this.blocks[0]) {
      const until = Math.min(block.first + block.flags.length, first);
      for (let number = Math.max(block.first, this.first); number < until; number += 1) {
        if ((block.flags[number - block.first] ?? 0) & isError) this.errors -= 1;
      }
      if (block.first + block.flags.length > first) break;
      this.blocks.shift();
      this.characters -= block.text.length;
    }
    this.first = first;
    // Nobody asks for lines before these as long as there is no room.
    this.oldestTime = '';
  }

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

const textAt = (block: Block, index: number) =>
  block.text.slice(index === 0 ? 0 : block.ends[index - 1], block.ends[index]);
