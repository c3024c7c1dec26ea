/** Datagrams on a stream: each has its length before it, 16 bit big-endian. */
const lengthBytes = 2;

export function frameDatagram(datagram: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(lengthBytes + datagram.length);
  frame.writeUInt16BE(datagram.length);
  datagram.copy(frame, lengthBytes);
  return frame;
}

/** Takes a stream's bytes as they come and gives whole datagrams. */
export class DatagramReader {
  readonly #give: (datagram: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(give: (datagram: Buffer) => void) {
    this.#give = give;
  }

  push(bytes: Buffer): void {
    let rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes;
    while (rest.length >= lengthBytes) {
      const end = lengthBytes + rest.readUInt16BE(0);
      if (rest.length < end) break;
      this.#give(rest.subarray(lengthBytes, end));
      rest = rest.subarray(end);
    }
    this.#rest = rest;
  }
}
