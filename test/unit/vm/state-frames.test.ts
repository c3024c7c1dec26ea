import { describe, expect, it } from 'vitest';
import { frameParts, readFrames, type StateFrame } from '#vm/qemu/state-frames';

const frames: StateFrame[] = [
  { kind: 'memory', offset: 0, bytes: Buffer.from('low') },
  { kind: 'memory', offset: 2 ** 40, bytes: Buffer.alloc(7000, 7) },
  { kind: 'stream', bytes: Buffer.from('devices') },
];
const written = Buffer.concat(frames.flatMap(frameParts));

/** What is read, with the parts of each frame put together. */
async function read(parts: Buffer[]): Promise<StateFrame[]> {
  async function* stream() {
    yield* parts;
  }
  const found: StateFrame[] = [];
  for await (const frame of readFrames(stream())) {
    const last = found.at(-1);
    const follows =
      last?.kind === 'memory' && frame.kind === 'memory' && frame.offset === last.offset + last.bytes.length;
    if (last && (follows || (last.kind === 'stream' && frame.kind === 'stream'))) {
      last.bytes = Buffer.concat([last.bytes, frame.bytes]);
    } else found.push(frame);
  }
  return found;
}

describe('the frames of a suspended state', () => {
  it('are read as they were written, however the stream is cut', async () => {
    expect(await read([written])).toEqual(frames);
    for (const size of [1000, 13, 4096]) {
      const parts = Array.from({ length: Math.ceil(written.length / size) }, (_, at) =>
        written.subarray(at * size, (at + 1) * size),
      );
      expect(await read(parts)).toEqual(frames);
    }
    expect(await read([])).toEqual([]);
  });

  it('are refused when the stream ends within one, or is something else', async () => {
    await expect(read([written.subarray(0, written.length - 14)])).rejects.toThrow('ends within a frame');
    await expect(read([written.subarray(0, 5)])).rejects.toThrow('ends within a frame');
    await expect(read([Buffer.alloc(100, 0xff)])).rejects.toThrow('not made of frames');
  });
});
