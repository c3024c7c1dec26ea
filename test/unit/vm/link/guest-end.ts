import { type Duplex, duplexPair } from 'node:stream';
import { encodeHeader, FrameReader, flag, frameType, type Header } from '#vm/link/frames';
import { Session } from '#vm/link/session';
import type { MuxStream } from '#vm/link/stream';

export interface ReceivedFrame extends Header {
  content: string;
}

/** The other end of a session, frame by frame. */
export class GuestEnd {
  readonly frames: ReceivedFrame[] = [];
  readonly session: Session;
  readonly opened: MuxStream[] = [];
  readonly #wire: Duplex;

  constructor() {
    const [host, guest] = duplexPair();
    this.#wire = guest;
    let content: Buffer[] = [];
    const reader = new FrameReader({
      begin: () => {
        content = [];
      },
      content: (_, piece) => content.push(piece),
      complete: (header) => this.frames.push({ ...header, content: Buffer.concat(content).toString() }),
    });
    guest.on('data', (bytes: Buffer) => reader.push(bytes));
    this.session = new Session(host, (stream) => this.opened.push(stream));
  }

  send(type: number, flags: number, stream: number, content: string | number): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.alloc(0);
    const length = typeof content === 'string' ? bytes.length : content;
    this.#wire.write(Buffer.concat([encodeHeader({ type, flags, stream, length }), bytes]));
  }

  data(stream: number, content: string): void {
    this.send(frameType.data, 0, stream, content);
  }

  window(stream: number, bytes: number): void {
    this.send(frameType.window, 0, stream, bytes);
  }

  end(stream: number): void {
    this.send(frameType.window, flag.fin, stream, 0);
  }

  raw(bytes: Buffer): void {
    this.#wire.write(bytes);
  }

  /** Cuts the connection. */
  hangUp(): void {
    this.#wire.end();
    this.#wire.destroy();
  }

  /** Bytes of content that came on a stream. */
  received(stream: number): number {
    return this.frames
      .filter((frame) => frame.stream === stream && frame.type === frameType.data)
      .reduce((sum, { length }) => sum + length, 0);
  }
}

/** Lets everything that is ready happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
