import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { readLine } from '#vm/link/line';

describe('the first line of a stream', () => {
  it('is read alone, in whatever pieces it comes', async () => {
    const [near, far] = duplexPair();
    const line = readLine(near);
    for (const piece of ['{"a"', ':1', '}', '\nthe', ' rest']) far.write(piece);
    far.end();
    expect(await line).toBe('{"a":1}');
    expect(await text(near)).toBe('the rest');
  });

  it('is missing when the stream ends before', async () => {
    const [near, far] = duplexPair();
    const line = readLine(near);
    far.end('no newline');
    await expect(line).rejects.toThrow('before it had answered');
  });

  it('has a limit', async () => {
    const [near, far] = duplexPair();
    const line = readLine(near);
    for (let n = 0; n < 20; n += 1) far.write('x'.repeat(60_000));
    await expect(line).rejects.toThrow('without an end');
  });
});
