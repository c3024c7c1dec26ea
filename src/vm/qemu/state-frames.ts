/**
 * What is in a suspended state: frames of a place (8 bytes, little-endian), a length (4 bytes) and as many bytes. First
 * the guest's memory, where it is saved apart; then QEMU's own stream, at a place that no memory has.
 */
const headBytes = 12;
const streamPlace = 2 ** 52;

/** QEMU sends pieces of some ten KiB; pieces of memory are 64 KiB. Anything longer is not a frame. */
const maxFrameBytes = 16 * 1024 ** 2;

export type StateFrame =
  | { kind: 'memory'; offset: number; bytes: Buffer }
  | { kind: 'stream'; bytes: Buffer };

/** The frame as it is written: its head, then its bytes. */
export function frameParts(frame: StateFrame): [Buffer, Buffer] {
  const head = Buffer.alloc(headBytes);
  head.writeBigUInt64LE(BigInt(frame.kind === 'memory' ? frame.offset : streamPlace));
  head.writeUInt32LE(frame.bytes.length, 8);
  return [head, frame.bytes];
}

/** Cuts a stream into its frames. Rejects when it ends within one. */
export async function* readFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<StateFrame> {
  let waiting: Buffer[] = [];
  let length = 0;
  let needed = headBytes;
  for await (const part of stream) {
    waiting.push(part);
    length += part.length;
    if (length < needed) continue;
    let bytes = Buffer.concat(waiting, length);
    for (;;) {
      needed = headBytes + (bytes.length < headBytes ? 0 : bytes.readUInt32LE(8));
      if (needed > maxFrameBytes) throw new Error('The suspended state is not made of frames');
      if (bytes.length < headBytes || bytes.length < needed) break;
      const place = Number(bytes.readBigUInt64LE());
      const content = bytes.subarray(headBytes, needed);
      yield place === streamPlace
        ? { kind: 'stream', bytes: content }
        : { kind: 'memory', offset: place, bytes: content };
      bytes = bytes.subarray(needed);
    }
    waiting = [bytes];
    length = bytes.length;
  }
  if (length > 0) throw new Error('The suspended state ends within a frame');
}
