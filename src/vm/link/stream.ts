import { Duplex } from 'node:stream';
import { flag, frameType, ownWindow, protocolWindow } from './frames';

/** What a stream needs of its session. */
export interface Carrier {
  /** Sends a frame; `content` belongs to data frames. */
  send(type: number, flags: number, stream: number, length: number, content?: Buffer): void;
  /** Whether more should be sent now; if not, the stream's `flush` is called as soon as it should. */
  ready(stream: MuxStream): boolean;
  forget(stream: MuxStream): void;
}

/** One stream's frames share the link with the others': a long write is cut into frames of this size, in bytes. */
const largestContent = 64 * 1024;

/** An error as a broken connection of the system would give. */
export function resetError(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}

/**
 * One stream of a session. Both directions end on their own (`end()` here, `end` event for the other one), and
 * `destroy()` before that resets the stream at the other end. At most one window of bytes waits for a reader.
 */
export class MuxStream extends Duplex {
  readonly id: number;
  readonly #carrier: Carrier;
  #sendable = protocolWindow;
  #receivable = ownWindow;
  /** Bytes that the reader took since the other end was last told. */
  #taken = 0;
  #reading = false;
  readonly #received: Buffer[] = [];
  #otherEnded = false;
  #otherReset = false;
  #writing: { rest: Buffer; done: () => void } | null = null;

  constructor(id: number, carrier: Carrier) {
    super({ allowHalfOpen: true });
    this.id = id;
    this.#carrier = carrier;
    // A link can be lost before a stream's user listens, and that must not end this process. `destroyed` tells, too.
    this.on('error', () => {});
  }

  /**
   * Bytes of the other end.
   * @throws Error if it sends more than it may
   */
  receive(bytes: Buffer): void {
    this.#receivable -= bytes.length;
    if (this.#receivable < 0 || this.#otherEnded) throw new Error('The guest sent more than it may.');
    if (this.#reading) this.#pass(bytes);
    else this.#received.push(bytes);
    this.#grant();
  }

  /** The other end sends no more. */
  receiveEnd(): void {
    this.#otherEnded = true;
    if (this.#received.length === 0) this.push(null);
  }

  /** The other end has given the stream up: what waits for a reader is lost, as with a connection of the system. */
  receiveReset(): void {
    this.#otherReset = true;
    this.destroy(resetError('The guest has closed the connection.'));
  }

  /** The other end takes so many bytes more. */
  allow(bytes: number): void {
    this.#sendable += bytes;
    this.flush();
  }

  /** Sends what waits, as far as the other end and the session take it. */
  flush(): void {
    while (this.#writing && this.#sendable > 0 && this.#carrier.ready(this)) {
      const { rest, done } = this.#writing;
      const part = rest.subarray(0, Math.min(this.#sendable, largestContent));
      this.#sendable -= part.length;
      this.#carrier.send(frameType.data, 0, this.id, part.length, part);
      if (part.length < rest.length) {
        this.#writing.rest = rest.subarray(part.length);
        continue;
      }
      this.#writing = null;
      done();
    }
  }

  override _read(): void {
    this.#reading = true;
    for (;;) {
      const bytes = this.#reading ? this.#received.shift() : undefined;
      if (!bytes) break;
      this.#pass(bytes);
    }
    this.#grant();
    if (this.#otherEnded && this.#received.length === 0) this.push(null);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (chunk.length === 0) {
      done();
      return;
    }
    this.#writing = { rest: chunk, done };
    this.flush();
  }

  override _final(done: () => void): void {
    this.#carrier.send(frameType.window, flag.fin, this.id, 0);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const ended = this.writableFinished && this.#otherEnded;
    if (!ended && !this.#otherReset) this.#carrier.send(frameType.window, flag.rst, this.id, 0);
    this.#carrier.forget(this);
    this.#received.length = 0;
    this.#writing = null;
    done(error);
  }

  #pass(bytes: Buffer): void {
    this.#taken += bytes.length;
    this.#reading = this.push(bytes);
  }

  /** Tells the other end that it may send more, once that is worth a frame. */
  #grant(): void {
    if (this.#taken < ownWindow / 2 || this.#otherEnded || this.destroyed) return;
    this.#receivable += this.#taken;
    this.#carrier.send(frameType.window, 0, this.id, this.#taken);
    this.#taken = 0;
  }
}
