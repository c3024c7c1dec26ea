import type { Duplex } from 'node:stream';
import {
  encodeHeader,
  FrameReader,
  type FrameReceiver,
  flag,
  frameType,
  type Header,
  ownWindow,
  protocolWindow,
} from './frames';
import { type Carrier, MuxStream, resetError } from './stream';

/** So many bytes may wait for the socket before streams have to wait for it. */
const socketBuffer = 256 * 1024;

/**
 * Many streams over one connection: yamux, this end is its client. (The package that speaks it, `@libp2p/yamux`,
 * brings 47 packages of a network stack, and its streams are not Node's.)
 */
export class Session implements Carrier, FrameReceiver {
  /** Resolves with the reason, in plain words, when the session is over. */
  readonly ended: Promise<string>;
  readonly #socket: Duplex;
  readonly #onStream: (stream: MuxStream) => void;
  readonly #reader = new FrameReader(this);
  readonly #streams = new Map<number, MuxStream>();
  readonly #waiting = new Set<MuxStream>();
  #nextId = 1;
  #corked = false;
  #over = false;
  #resolveEnded: (why: string) => void = () => {};

  /**
   * @param socket a connection that nobody else reads or writes any more; it is destroyed with the session
   * @param onStream gets each stream that the other end opens
   */
  constructor(socket: Duplex, onStream: (stream: MuxStream) => void) {
    this.#socket = socket;
    this.#onStream = onStream;
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    socket.on('data', (bytes: Buffer) => this.receive(bytes));
    socket.on('drain', () => this.#resume());
    socket.on('error', (error) => this.#end(error.message));
    // A connection that one side has ended is of no use.
    const closed = (): void => this.#end('The connection to the guest was closed.');
    socket.on('end', closed).on('close', closed);
  }

  get over(): boolean {
    return this.#over;
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  /** Bytes of the other end. */
  receive(bytes: Buffer): void {
    try {
      this.#reader.push(bytes);
    } catch (error) {
      this.#end(error instanceof Error ? error.message : String(error));
    }
  }

  /** Opens a stream; nothing is waited for. @throws Error in an ended session */
  open(): MuxStream {
    if (this.#over) throw resetError('The session with the guest has ended.');
    const stream = new MuxStream(this.#nextId, this);
    this.#nextId += 2;
    this.#streams.set(stream.id, stream);
    this.send(frameType.window, flag.syn, stream.id, ownWindow - protocolWindow);
    return stream;
  }

  close(): void {
    this.#end('Closed by the host.');
  }

  send(type: number, flags: number, stream: number, length: number, content?: Buffer): void {
    if (this.#over) return;
    // What is written in one go reaches the guest in one go: each write costs it a wake-up.
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(encodeHeader({ type, flags, stream, length }));
    if (content) this.#socket.write(content);
  }

  ready(stream: MuxStream): boolean {
    if (this.#socket.writableLength < socketBuffer) return true;
    this.#waiting.add(stream);
    return false;
  }

  forget(stream: MuxStream): void {
    this.#waiting.delete(stream);
    if (this.#streams.get(stream.id) === stream) this.#streams.delete(stream.id);
  }

  begin(header: Header): void {
    const { type, flags, stream: id } = header;
    if ((type !== frameType.data && type !== frameType.window) || !(flags & flag.syn)) return;
    if (id % 2 !== 0 || this.#streams.has(id)) throw new Error('The guest opened a stream twice.');
    const stream = new MuxStream(id, this);
    this.#streams.set(id, stream);
    this.send(frameType.window, flag.ack, id, ownWindow - protocolWindow);
    this.#onStream(stream);
  }

  content(header: Header, piece: Buffer): void {
    // One that this end has reset may still get what was on its way.
    this.#streams.get(header.stream)?.receive(piece);
  }

  complete(header: Header): void {
    if (header.type === frameType.goAway) {
      this.#end('The guest has ended the session.');
    } else if (header.type !== frameType.ping) {
      this.#completeOf(this.#streams.get(header.stream), header);
    } else if (header.flags & flag.syn) {
      this.send(frameType.ping, flag.ack, 0, header.length);
    }
  }

  #completeOf(stream: MuxStream | undefined, { type, flags, length }: Header): void {
    if (!stream) return;
    if (flags & flag.rst) {
      stream.receiveReset();
      return;
    }
    if (type === frameType.window) stream.allow(length);
    if (flags & flag.fin) stream.receiveEnd();
  }

  #resume(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const stream of waiting) stream.flush();
  }

  #end(why: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#socket.destroy();
    for (const stream of [...this.#streams.values()]) stream.destroy(resetError(why));
    this.#resolveEnded(why);
  }
}
