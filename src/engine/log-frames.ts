import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from '#contract';

/** Characters of a line that a view gets; the contract's `cut` counts the others. */
export const lineLimit = 16_384;

/**
 * dockerd's copier stores a line in pieces of this many bytes and puts the time before each of them
 * (moby, daemon/logger/copier.go: defaultBufSize).
 */
const pieceBytes = 16_384;

/** RFC 3339 with nanoseconds and a zone offset has 35 characters. */
const longestStamp = 40;
const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

const nothing = Buffer.alloc(0);
const newline = 10;
const space = 32;

type Source = LogLine['stream'];
type OnLine = (line: LogLine) => void;

/** How the engine sends a log: in frames that name their stream, or, for a container with a TTY, as it is. */
export type LogFormat = 'frames' | 'tty';

/**
 * Puts the lines of one stream together from pieces that may end anywhere: inside a character, a time stamp or
 * a line. Holds at most `limit` characters of a line, however long it is.
 */
class LineAssembler {
  private decoder = new StringDecoder('utf8');
  /** Bytes that may become a time stamp; null while text is read. */
  private head: Buffer | null = nothing;
  private time = '';
  private text = '';
  private length = 0;
  private endsInReturn = false;
  /** Bytes of text since the last time stamp. */
  private piece = 0;
  private open = false;

  constructor(
    private readonly source: Source,
    private readonly format: LogFormat,
    private readonly onLine: OnLine,
    private readonly limit: number,
  ) {}

  /** A frame begins: a time stamp comes next, even in the middle of a line. */
  beginFrame(): void {
    this.flushHead();
    this.head = nothing;
  }

  write(bytes: Buffer): void {
    let at = 0;
    while (at < bytes.length) {
      at = this.head ? this.readHead(bytes, at, this.head) : this.readText(bytes, at);
    }
  }

  /** The stream ended: what has no line end is a line too. */
  end(): void {
    this.flushHead();
    if (this.open) this.emit();
  }

  private readHead(bytes: Buffer, at: number, head: Buffer): number {
    const room = Math.min(bytes.length, at + longestStamp - head.length);
    for (let index = at; index < room; index += 1) {
      const byte = bytes[index];
      if (byte !== space && byte !== newline) continue;
      const candidate = head.toString('latin1') + bytes.toString('latin1', at, index);
      if (byte === space && stamp.test(candidate)) {
        this.begin(candidate);
        return index + 1;
      }
      break;
    }
    this.head = Buffer.concat([head, bytes.subarray(at, room)]);
    const undecided =
      this.head.length < longestStamp && !this.head.includes(space) && !this.head.includes(newline);
    if (!undecided) this.flushHead();
    return room;
  }

  private begin(time: string): void {
    // Pieces of one line carry the same time. Another time after a piece that was not full means that the line
    // before ended without a line end, as at the end of a run.
    if (this.open && time !== this.time && this.piece !== pieceBytes) this.emit();
    this.head = null;
    this.open = true;
    this.piece = 0;
    this.time = time;
  }

  /** What was held back is no time stamp, so it is text. */
  private flushHead(): void {
    const held = this.head;
    this.head = null;
    if (held && held.length > 0) this.write(held);
  }

  private readText(bytes: Buffer, at: number): number {
    // Without frames only its place tells a time stamp in the middle of a line.
    const room = this.format === 'tty' && this.piece < pieceBytes ? pieceBytes - this.piece : bytes.length;
    const limit = Math.min(bytes.length, at + room);
    const found = bytes.indexOf(newline, at);
    if (found >= 0 && found < limit) {
      this.append(bytes.subarray(at, found));
      this.emit();
      this.head = nothing;
      return found + 1;
    }
    this.append(bytes.subarray(at, limit));
    if (this.format === 'tty' && this.piece === pieceBytes) this.head = nothing;
    return limit;
  }

  private append(bytes: Buffer): void {
    this.open = true;
    this.piece += bytes.length;
    this.keep(this.decoder.write(bytes));
  }

  private keep(text: string): void {
    if (this.text.length < this.limit) this.text += text.slice(0, this.limit - this.text.length);
    this.length += text.length;
    if (text !== '') this.endsInReturn = text.endsWith('\r');
  }

  private emit(): void {
    this.keep(this.decoder.end());
    let text = this.text;
    let length = this.length;
    if (this.endsInReturn) length -= 1;
    if (length < text.length) text = text.slice(0, length);
    // Half of a surrogate pair is no character.
    if (length > text.length && /[\uD800-\uDBFF]$/.test(text)) text = text.slice(0, -1);
    const cut = length - text.length;
    this.onLine({ stream: this.source, time: this.time, text, ...(cut > 0 ? { cut } : {}) });
    this.text = '';
    this.length = 0;
    this.endsInReturn = false;
    this.piece = 0;
    this.open = false;
  }
}

/**
 * Decodes the engine's log stream, asked for with `timestamps`, into lines. Frames may span chunks, lines may
 * span frames, characters may span both. Bytes that are not UTF-8 become U+FFFD.
 */
export class LogDecoder {
  private readonly assemblers: Record<Source, LineAssembler>;
  private readonly header = Buffer.alloc(8);
  private headerFilled = 0;
  /** Bytes of the current frame that have not come yet. */
  private frameLeft = 0;
  private current: LineAssembler;

  constructor(
    private readonly format: LogFormat,
    onLine: OnLine,
    limit = lineLimit,
  ) {
    this.assemblers = {
      stdout: new LineAssembler('stdout', format, onLine, limit),
      stderr: new LineAssembler('stderr', format, onLine, limit),
    };
    this.current = this.assemblers.stdout;
  }

  write(chunk: Buffer): void {
    if (this.format === 'tty') {
      this.current.write(chunk);
      return;
    }
    let at = 0;
    while (at < chunk.length) {
      if (this.frameLeft === 0) {
        const copied = chunk.copy(this.header, this.headerFilled, at, at + 8 - this.headerFilled);
        at += copied;
        this.headerFilled += copied;
        if (this.headerFilled === 8) this.beginFrame();
        continue;
      }
      const part = chunk.subarray(at, at + this.frameLeft);
      this.current.write(part);
      at += part.length;
      this.frameLeft -= part.length;
    }
  }

  end(): void {
    this.assemblers.stdout.end();
    this.assemblers.stderr.end();
  }

  private beginFrame(): void {
    this.headerFilled = 0;
    this.frameLeft = this.header.readUInt32BE(4);
    // 0 is stdin, 1 stdout, 2 stderr, 3 an error of the engine itself (moby, pkg/stdcopy).
    this.current = (this.header[0] ?? 0) >= 2 ? this.assemblers.stderr : this.assemblers.stdout;
    if (this.frameLeft > 0) this.current.beginFrame();
  }
}
