import { isUtf8 } from 'node:buffer';
import { Refusal } from './errno';

/**
 * 9P's values on the wire: little-endian numbers, strings with their length in bytes (16 bit) before them, and qids
 * (type, version, path). A frame is size (32 bit, of all of it), type, tag (16 bit), and what belongs to the type.
 * Source: https://github.com/chaos/diod/blob/master/protocol.md
 */
export const headerBytes = 7;

/** What the protocol knows a file by: the same for all its names, as long as it is there. */
export interface Qid {
  /** 0x80 a folder, 0x02 a symbolic link, 0 anything else. */
  type: number;
  /** Another one after each change of the content. */
  version: number;
  path: bigint;
}

/** The client sent something that is no frame. Nothing that follows can be trusted. */
export class BadFrame extends Error {
  constructor(what: string) {
    super(`The guest's request for a shared folder makes no sense: ${what}.`);
    this.name = 'BadFrame';
  }
}

/** Takes a frame apart. @throws BadFrame where it is shorter than what should be in it */
export class WireReader {
  #at = headerBytes;

  constructor(private readonly frame: Buffer) {}

  get type(): number {
    return this.frame.readUInt8(4);
  }

  get tag(): number {
    return this.frame.readUInt16LE(5);
  }

  u8(): number {
    return this.frame.readUInt8(this.#pass(1));
  }

  u16(): number {
    return this.frame.readUInt16LE(this.#pass(2));
  }

  u32(): number {
    return this.frame.readUInt32LE(this.#pass(4));
  }

  u64(): bigint {
    return this.frame.readBigUInt64LE(this.#pass(8));
  }

  /** @throws Refusal EILSEQ for bytes that are no UTF-8: Node knows files by text, and would take another one */
  text(): string {
    const bytes = this.bytes(this.u16());
    if (!isUtf8(bytes)) throw new Refusal('EILSEQ');
    return bytes.toString();
  }

  /** A part of the frame itself, not a copy. */
  bytes(length: number): Buffer {
    const start = this.#pass(length);
    return this.frame.subarray(start, start + length);
  }

  /** @throws BadFrame if there is more */
  end(): void {
    if (this.#at !== this.frame.length) throw new BadFrame(`${this.frame.length - this.#at} bytes too many`);
  }

  #pass(length: number): number {
    const start = this.#at;
    if (start + length > this.frame.length) throw new BadFrame('it is shorter than it says');
    this.#at = start + length;
    return start;
  }
}

/** Puts a frame together. */
export class WireWriter {
  #bytes: Buffer;
  #at = headerBytes;

  /** @param room bytes that are expected after the header; more is possible */
  constructor(room = 64) {
    this.#bytes = Buffer.allocUnsafe(headerBytes + room);
  }

  u8(value: number): this {
    const start = this.#pass(1);
    this.#bytes.writeUInt8(value, start);
    return this;
  }

  u16(value: number): this {
    const start = this.#pass(2);
    this.#bytes.writeUInt16LE(value, start);
    return this;
  }

  u32(value: number): this {
    const start = this.#pass(4);
    this.#bytes.writeUInt32LE(value, start);
    return this;
  }

  u64(value: bigint): this {
    const start = this.#pass(8);
    this.#bytes.writeBigUInt64LE(BigInt.asUintN(64, value), start);
    return this;
  }

  text(value: string): this {
    const length = Buffer.byteLength(value);
    this.u16(length);
    const start = this.#pass(length);
    this.#bytes.write(value, start);
    return this;
  }

  qid({ type, version, path }: Qid): this {
    return this.u8(type).u32(version).u64(path);
  }

  /** Content with its length (32 bit) before it: `fill` writes into the frame and says how much it wrote, in bytes. */
  async content(most: number, fill: (room: Buffer) => Promise<number>): Promise<this> {
    const start = this.#pass(4 + most);
    const length = await fill(this.#bytes.subarray(start + 4, start + 4 + most));
    this.#bytes.writeUInt32LE(length, start);
    this.#at = start + 4 + length;
    return this;
  }

  /** The frame; nothing may be written after that. */
  finish(type: number, tag: number): Buffer {
    const frame = this.#bytes.subarray(0, this.#at);
    frame.writeUInt32LE(frame.length, 0);
    frame.writeUInt8(type, 4);
    frame.writeUInt16LE(tag, 5);
    return frame;
  }

  #pass(length: number): number {
    const start = this.#at;
    this.#at = start + length;
    if (this.#at > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#at, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    return start;
  }
}
