import { describe, expect, it } from 'vitest';
import { linesOf, readEvent } from '#engine/events';

async function lines(chunks: Buffer[], limit?: number) {
  const found: string[] = [];
  async function* stream() {
    yield* chunks;
  }
  for await (const line of linesOf(stream(), limit)) found.push(line);
  return found;
}

describe('lines of the event stream', () => {
  it('are the same however the bytes are cut', async () => {
    const whole = Buffer.from('{"a":"Grüße 🏗"}\n\n{"b":2}\n');
    const expected = ['{"a":"Grüße 🏗"}', '', '{"b":2}'];
    for (let size = 1; size <= whole.length; size++) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
      expect(await lines(chunks)).toEqual(expected);
    }
  });

  it('may be long, up to a limit', async () => {
    const long = 'x'.repeat(300_000);
    expect(await lines([Buffer.from(long), Buffer.from(`${long}\n`)])).toEqual([long + long]);
    await expect(lines([Buffer.from(long)], 1000)).rejects.toThrow('not what the Docker API promises');
  });
});

const line = (change: object) =>
  JSON.stringify({
    Type: 'container',
    Action: 'start',
    Actor: { ID: 'abc', Attributes: { name: 'web' } },
    time: 1700000000,
    timeNano: 1700000000123000000,
    ...change,
  });

describe('readEvent', () => {
  it('reads what happened to what, and when', () => {
    expect(readEvent(line({}))).toEqual({
      kind: 'container',
      action: 'start',
      detail: '',
      id: 'abc',
      attributes: { name: 'web' },
      at: expect.closeTo(1700000000123, 0),
    });
  });

  it('parts an action from what follows its colon', () => {
    expect(readEvent(line({ Action: 'health_status: unhealthy' }))).toMatchObject({
      action: 'health_status',
      detail: 'unhealthy',
    });
  });

  it('passes over health checks and other kinds of objects', () => {
    expect(readEvent(line({ Action: 'exec_start: /bin/sh -c true' }))).toBeNull();
    expect(readEvent(line({ Action: 'exec_die' }))).toBeNull();
    expect(readEvent(line({ Type: 'daemon', Action: 'reload' }))).toBeNull();
    expect(readEvent('{"something":"else"}')).toBeNull();
  });

  it('fails when a line is no JSON', () => {
    expect(() => readEvent('<html>')).toThrow('not what the Docker API promises');
  });
});
