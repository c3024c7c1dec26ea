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

/**
 * Cuts a stream into its frames, or parts of them: what comes is handed on as it comes, without a copy. Rejects when it
 * ends within a frame.
 */
export async function* readFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<StateFrame> {
  let head = Buffer.alloc(0);
  let place = 0;
  /** Of the frame that has begun. */
  let missing = 0;
  for await (let part of stream) {
    while (part.length > 0) {
      if (missing === 0) {
        const taken = part.subarray(0, headBytes - head.length);
        head = Buffer.concat([head, taken]);
        part = part.subarray(taken.length);
        if (head.length < headBytes) break;
        place = Number(head.readBigUInt64LE());
        missing = head.readUInt32LE(8);
        if (missing > maxFrameBytes) throw new Error('The suspended state is not made of frames');
        head = Buffer.alloc(0);
      }
      const bytes = part.subarray(0, missing);
      if (bytes.length > 0) {
        yield place === streamPlace ? { kind: 'stream', bytes } : { kind: 'memory', offset: place, bytes };
      }
      place += place === streamPlace ? 0 : bytes.length;
      missing -= bytes.length;
      part = part.subarray(bytes.length);
    }
  }
  if (missing > 0 || head.length > 0) throw new Error('The suspended state ends within a frame');
}
