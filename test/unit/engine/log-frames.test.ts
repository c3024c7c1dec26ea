import { describe, expect, it } from 'vitest';
import type { LogLine } from '#contract';
import { LogDecoder, type LogFormat, lineLimit } from '#engine/log-frames';

const time = (n: number) => `2026-03-01T10:00:00.${String(n).padStart(9, '0')}Z`;

function frame(stream: 1 | 2, content: string | Buffer): Buffer {
  const payload = Buffer.from(content);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

/** Decodes the bytes in chunks that end after each of the given sizes, in turn. */
function decode(bytes: Buffer, format: LogFormat = 'frames', sizes = [bytes.length]): LogLine[] {
  const lines: LogLine[] = [];
  const decoder = new LogDecoder(format, (line) => lines.push(line));
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const end = at + (sizes[turn % sizes.length] ?? 1);
    decoder.write(bytes.subarray(at, end));
    at = end;
  }
  decoder.end();
  return lines;
}

/** Small numbers, the same for the same seed. */
function sizesFrom(seed: number): number[] {
  let state = seed;
  return Array.from({ length: 50 }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 1 + (state % 29);
  });
}

describe('frames', () => {
  const bytes = Buffer.concat([
    frame(1, `${time(1)} plain\n`),
    frame(2, `${time(2)} \u001b[31mgrün 🦑 漢字\u001b[0m\r\n`),
    frame(1, ''),
    frame(1, `${time(3)} \n`),
    frame(1, `${time(4)} 2026-03-01T10:00:00Z a time of its own\n`),
    frame(2, Buffer.concat([Buffer.from(`${time(5)} bad `), Buffer.from([0xff, 0xe6, 0xbc, 0x0a])])),
    frame(1, `${time(6)} no line end`),
  ]);
  const expected: LogLine[] = [
    { stream: 'stdout', time: time(1), text: 'plain' },
    { stream: 'stderr', time: time(2), text: '\u001b[31mgrün 🦑 漢字\u001b[0m' },
    { stream: 'stdout', time: time(3), text: '' },
    { stream: 'stdout', time: time(4), text: '2026-03-01T10:00:00Z a time of its own' },
    { stream: 'stderr', time: time(5), text: 'bad \ufffd\ufffd' },
    { stream: 'stdout', time: time(6), text: 'no line end' },
  ];

  it('become lines, with the time split off', () => {
    expect(decode(bytes)).toEqual(expected);
  });

  it('may be cut into chunks anywhere', () => {
    expect(decode(bytes, 'frames', [1])).toEqual(expected);
    for (let seed = 1; seed <= 200; seed += 1)
      expect(decode(bytes, 'frames', sizesFrom(seed))).toEqual(expected);
  });

  it('of one line that the engine stored in pieces are one line, split inside a character', () => {
    const line = Buffer.from(`${'x'.repeat(16_383)}🦑${'y'.repeat(100)}\n`);
    const pieces = Buffer.concat([
      frame(1, Buffer.concat([Buffer.from(`${time(7)} `), line.subarray(0, 16_384)])),
      frame(2, `${time(8)} from the other stream\n`),
      frame(1, Buffer.concat([Buffer.from(`${time(7)} `), line.subarray(16_384)])),
      frame(1, `${time(9)} next\n`),
    ]);
    const lines = decode(pieces, 'frames', [1000]);
    expect(lines.map((each) => each.text.slice(-4))).toEqual(['ream', 'xxxx', 'next']);
    // 16,383 kept, half a squid left out: 102 characters and the half that would not fit.
    expect(lines[1]).toMatchObject({ time: time(7), cut: 102 });
  });

  it('end a line without a line end when the next run begins', () => {
    const lines = decode(
      Buffer.concat([frame(1, `${time(1)} last words`), frame(1, `${time(2)} first words\n`)]),
    );
    expect(lines.map((line) => line.text)).toEqual(['last words', 'first words']);
  });

  it('without a time, as from the engine itself, are lines too', () => {
    expect(decode(frame(2, 'Error grabbing logs: EOF\n'), 'frames', [3])).toEqual([
      { stream: 'stderr', time: '', text: 'Error grabbing logs: EOF' },
    ]);
  });
});

describe('a line of 10 MB', () => {
  it('is cut, and never held whole', () => {
    const lines: LogLine[] = [];
    const decoder = new LogDecoder('frames', (line) => lines.push(line));
    const piece = frame(1, `${time(1)} ${'é'.repeat(8192)}`);
    for (let count = 0; count < 640; count += 1) decoder.write(piece);
    // What is held of it so far is within the limit: the decoder is the only owner of the text.
    expect(JSON.stringify(decoder).length).toBeLessThan(4 * lineLimit);
    decoder.write(frame(1, `${time(1)} end\n`));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toHaveLength(lineLimit);
    expect(lines[0]?.cut).toBe(640 * 8192 + 3 - lineLimit);
  });
});

describe('a TTY log', () => {
  const long = 'z'.repeat(16_384);
  const bytes = Buffer.from(
    [
      `${time(1)} / # ls\r\n`,
      `${time(2)} \u001b[1;34mbin\u001b[m  größe\r\n`,
      `${time(3)} ${long}${time(3)} rest\r\n`,
      `${time(4)} ${long}${time(4)} \n`,
      `${time(5)} 10%\r50%\r100%\r\n`,
      `${time(6)} / # `,
    ].join(''),
  );
  const expected = [
    { stream: 'stdout', time: time(1), text: '/ # ls' },
    { stream: 'stdout', time: time(2), text: '\u001b[1;34mbin\u001b[m  größe' },
    { stream: 'stdout', time: time(3), text: long, cut: 4 },
    { stream: 'stdout', time: time(4), text: long },
    { stream: 'stdout', time: time(5), text: '10%\r50%\r100%' },
    { stream: 'stdout', time: time(6), text: '/ # ' },
  ];

  it('becomes lines, also when cut into chunks anywhere', () => {
    expect(decode(bytes, 'tty')).toEqual(expected);
    expect(decode(bytes, 'tty', [1])).toEqual(expected);
    for (let seed = 1; seed <= 30; seed += 1) expect(decode(bytes, 'tty', sizesFrom(seed))).toEqual(expected);
  });
});
