import { BadFrame, headerBytes } from './wire';

/** Makes frames of bytes as they come. Each frame has memory of its own: requests run side by side. */
export class FrameReader {
  /** A frame may have so many bytes, its header included. */
  limit: number;
  readonly #size = Buffer.alloc(4);
  #sizeBytes = 0;
  #frame: Buffer | null = null;
  #filled = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /**
   * The frames that these bytes complete. The limit counts for each frame as it begins, so that the answer to one can
   * change it for the next.
   * @throws BadFrame for a size that no frame has
   */
  *push(bytes: Buffer): Generator<Buffer> {
    let at = 0;
    while (at < bytes.length) {
      at += this.#frame ? this.#fill(this.#frame, bytes, at) : this.#begin(bytes, at);
      if (this.#frame && this.#filled === this.#frame.length) {
        const frame = this.#frame;
        this.#frame = null;
        this.#sizeBytes = 0;
        yield frame;
      }
    }
  }

  #begin(bytes: Buffer, at: number): number {
    const taken = bytes.copy(this.#size, this.#sizeBytes, at, at + 4 - this.#sizeBytes);
    this.#sizeBytes += taken;
    if (this.#sizeBytes < 4) return taken;
    const size = this.#size.readUInt32LE();
    if (size < headerBytes || size > this.limit)
      throw new BadFrame(`it would have ${size} bytes, where ${headerBytes} to ${this.limit} are possible`);
    this.#frame = Buffer.allocUnsafe(size);
    this.#size.copy(this.#frame);
    this.#filled = 4;
    return taken;
  }

  #fill(frame: Buffer, bytes: Buffer, at: number): number {
    const taken = bytes.copy(frame, this.#filled, at);
    this.#filled += taken;
    return taken;
  }
}
