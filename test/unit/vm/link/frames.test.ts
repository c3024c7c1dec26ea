import { describe, expect, it } from 'vitest';
import { encodeHeader, FrameReader, flag, frameType, type Header } from '#vm/link/frames';

/** What a reader makes of bytes that come in pieces of a size. */
function read(bytes: Buffer, pieceBytes: number): string[] {
  const told: string[] = [];
  const name = ({ type, stream, length }: Header) => `${type}/${stream}/${length}`;
  const reader = new FrameReader({
    begin: (header) => told.push(`begin ${name(header)}`),
    content: (_, piece) => told.push(piece.toString()),
    complete: (header) => told.push(`complete ${name(header)}`),
  });
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return told;
}

const data = (stream: number, content: string) =>
  Buffer.concat([
    encodeHeader({ type: frameType.data, flags: 0, stream, length: content.length }),
    Buffer.from(content),
  ]);

describe('a frame', () => {
  it('has the bytes that the protocol prescribes', () => {
    const header = { type: frameType.window, flags: flag.syn | flag.rst, stream: 258, length: 0xc0000 };
    expect(encodeHeader(header).toString('hex')).toBe('000100090000010200' + '0c0000');
  });
});

describe('a reader of frames', () => {
  const bytes = Buffer.concat([
    data(1, 'hello'),
    encodeHeader({ type: frameType.window, flags: 0, stream: 3, length: 70_000 }),
    data(5, ''),
    data(7, 'world'),
  ]);
  const whole = [
    ...['begin 0/1/5', 'hello', 'complete 0/1/5'],
    ...['begin 1/3/70000', 'complete 1/3/70000'],
    ...['begin 0/5/0', 'complete 0/5/0'],
    ...['begin 0/7/5', 'world', 'complete 0/7/5'],
  ];

  it('tells frames that come at once', () => {
    expect(read(bytes, bytes.length)).toEqual(whole);
  });

  it.each([1, 2, 5, 11, 12, 13, 17])('tells the same of pieces of %i bytes', (pieceBytes) => {
    const told = read(bytes, pieceBytes);
    expect(told.filter((word) => /^(begin|complete)/.test(word))).toEqual(
      whole.filter((word) => /^(begin|complete)/.test(word)),
    );
    expect(told.filter((word) => !/^(begin|complete)/.test(word)).join('')).toBe('helloworld');
  });

  it('passes content on before all of it is there', () => {
    const [head, tail] = [bytes.subarray(0, 14), bytes.subarray(14)];
    expect(read(head, head.length)).toEqual(['begin 0/1/5', 'he']);
    expect(tail.length).toBeGreaterThan(0);
  });

  it.each([
    ['another version', Buffer.from('010000000000000100000000', 'hex')],
    ['an unknown type', Buffer.from('000400000000000100000000', 'hex')],
    ['text', Buffer.from('GANTRY-LINK-OK 0011')],
  ])('refuses %s', (_, garbage) => {
    expect(() => read(garbage, garbage.length)).toThrow('no frame');
  });
});
