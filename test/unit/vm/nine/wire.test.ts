import { describe, expect, it } from 'vitest';
import { errno, errnoOf, Refusal } from '#vm/nine/errno';
import { FrameReader } from '#vm/nine/frames';
import { BadFrame, WireReader, WireWriter } from '#vm/nine/wire';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('values on the wire', () => {
  it('writes what the protocol says, byte for byte', async () => {
    const reply = new WireWriter(0).qid({ type: 0x80, version: 0x01020304, path: 0x0506070809n }).text('ä');
    await reply.u64(-1n).content(10, async (room) => room.write('abc'));
    expect(reply.finish(111, 0x1234).toString('hex')).toBe(
      hex(
        `27000000 6f 3412 80 04030201 0908070605000000 0200c3a4 ${'ff'.repeat(8)} 03000000 616263`,
      ).toString('hex'),
    );
  });

  it('reads it again', () => {
    const body = new WireReader(hex('18000000 76 0100 2a000000 0700000000000000 0200 6869 ff'));
    expect([body.type, body.tag, body.u32(), body.u64(), body.text(), body.u8()]).toEqual([
      118,
      1,
      42,
      7n,
      'hi',
      255,
    ]);
    body.end();
  });

  it('takes no request that is shorter or longer than its content', () => {
    expect(() => new WireReader(hex('09000000 78 0100 0100')).u32()).toThrow(BadFrame);
    expect(() => new WireReader(hex('0b000000 78 0100 0500 6162')).text()).toThrow(BadFrame);
    expect(() => new WireReader(hex('09000000 78 0100 0100')).end()).toThrow(/2 bytes too many/);
  });

  it('refuses a name that is no UTF-8, and would be another one in Node', () => {
    expect(() => new WireReader(hex('0a000000 78 0100 0100 ff')).text()).toThrow(Refusal);
  });
});

describe('frames', () => {
  const one = hex('07000000 01 0100');
  const other = hex('09000000 02 0200 abcd');

  it('are found however the bytes come', () => {
    const bytes = Buffer.concat([one, other, one]);
    for (let size = 1; size <= bytes.length; size += 1) {
      const reader = new FrameReader(64);
      const found: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size)
        found.push(...reader.push(bytes.subarray(at, at + size)));
      expect(found).toEqual([one, other, one]);
    }
  });

  it('may not be larger than agreed upon, nor smaller than a header', () => {
    expect(() => [...new FrameReader(8).push(other)]).toThrow(/9 bytes, where 7 to 8 are possible/);
    expect(() => [...new FrameReader(8).push(hex('06000000'))]).toThrow(BadFrame);
  });

  it('follow a new limit from the next one on', () => {
    const reader = new FrameReader(8);
    const frames = reader.push(Buffer.concat([one, other]));
    expect(frames.next().value).toEqual(one);
    reader.limit = 9;
    expect(frames.next().value).toEqual(other);
  });
});

describe('numbers of errors', () => {
  it("are Linux's, whatever this system has", () => {
    const numbered = (code: string, number: number) =>
      errnoOf(Object.assign(new Error(), { code, errno: number }));
    expect(numbered('ENOTEMPTY', -66)).toBe(39);
    expect(numbered('ENOTSUP', -45)).toBe(95);
    expect(numbered('EBUSY', -4082)).toBe(16);
    expect(errnoOf(new Refusal('EROFS'))).toBe(errno.EROFS);
  });

  it('say of what has no name in Linux that the disk failed', () => {
    expect(errnoOf(Object.assign(new Error(), { code: 'UNKNOWN' }))).toBe(5);
    expect(errnoOf(new Error())).toBe(5);
  });
});
