/**
 * The frames of yamux (https://github.com/hashicorp/yamux/blob/master/spec.md): version, type, flags (16 bit),
 * stream (32 bit), length (32 bit), big-endian. Only data frames have content; in the others `length` is a number.
 */
const headerBytes = 12;

export const frameType = { data: 0, window: 1, ping: 2, goAway: 3 } as const;

export const flag = { syn: 1, ack: 2, fin: 4, rst: 8 } as const;

/** What every new stream may send before the first window update, by the protocol. */
export const protocolWindow = 256 * 1024;

/** What this end grants, and the agent does, too: the difference travels with the frame that opens a stream. */
export const ownWindow = 1024 * 1024;

export interface Header {
  type: number;
  flags: number;
  stream: number;
  length: number;
}

export function encodeHeader({ type, flags, stream, length }: Header): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes);
  bytes[0] = 0;
  bytes[1] = type;
  bytes.writeUInt16BE(flags, 2);
  bytes.writeUInt32BE(stream, 4);
  bytes.writeUInt32BE(length, 8);
  return bytes;
}

function decodeHeader(bytes: Buffer): Header {
  const type = bytes.readUInt8(1);
  if (bytes[0] !== 0 || type > frameType.goAway)
    throw new Error('The guest sent something that is no frame.');
  return {
    type,
    flags: bytes.readUInt16BE(2),
    stream: bytes.readUInt32BE(4),
    length: bytes.readUInt32BE(8),
  };
}

export interface FrameReceiver {
  /** A frame without content, or one with all of its content received: its flags count now. */
  complete(header: Header): void;
  /** A frame begins; `complete` follows. */
  begin(header: Header): void;
  /** A part of a data frame's content, as it came. */
  content(header: Header, piece: Buffer): void;
}

/** Takes bytes as they come and tells the receiver what they are. Content is passed on without waiting for all. */
export class FrameReader {
  readonly #receiver: FrameReceiver;
  #partial: Buffer = Buffer.alloc(0);
  #current: Header | null = null;
  #left = 0;

  constructor(receiver: FrameReceiver) {
    this.#receiver = receiver;
  }

  /** @throws Error for anything that is no frame; the session cannot go on after that */
  push(bytes: Buffer): void {
    let rest: Buffer = this.#partial.length > 0 ? Buffer.concat([this.#partial, bytes]) : bytes;
    for (;;) {
      if (this.#current) rest = this.#take(this.#current, rest);
      if (this.#current || rest.length < headerBytes) break;
      this.#start(decodeHeader(rest));
      rest = rest.subarray(headerBytes);
    }
    this.#partial = rest;
  }

  #start(header: Header): void {
    this.#receiver.begin(header);
    if (header.type === frameType.data && header.length > 0) {
      this.#current = header;
      this.#left = header.length;
    } else {
      this.#receiver.complete(header);
    }
  }

  /** Gives what follows the content. */
  #take(header: Header, bytes: Buffer): Buffer {
    const piece = bytes.subarray(0, this.#left);
    if (piece.length > 0) this.#receiver.content(header, piece);
    this.#left -= piece.length;
    if (this.#left === 0) {
      this.#current = null;
      this.#receiver.complete(header);
    }
    return bytes.subarray(piece.length);
  }
}
