import { describe, expect, it } from 'vitest';
import { Refresher } from '#engine/refresher';

/** Look-ups that end when the test says so. */
function setUp({ atOnce = 2 } = {}) {
  const begun: string[] = [];
  const shown: string[] = [];
  const failures: unknown[] = [];
  const ends = new Map<string, { resolve: () => void; reject: (error: unknown) => void }>();
  const refresher = new Refresher({
    atOnce,
    look: (key) => {
      begun.push(key);
      return new Promise((resolve, reject) => {
        ends.set(key, { resolve: () => resolve(() => shown.push(key)), reject });
      });
    },
    onFailure: (error) => failures.push(error),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (key: string) => {
    ends.get(key)?.resolve();
    await settle();
  };
  const fail = async (key: string, error: unknown) => {
    ends.get(key)?.reject(error);
    await settle();
  };
  return { refresher, begun, shown, failures, end, fail };
}

const urgent = { urgent: true };
const patient = { urgent: false };

describe('Refresher', () => {
  it('looks up a storm of touches twice: the one under way, and one that sees the end', async () => {
    const { refresher, begun, end } = setUp();
    for (let count = 0; count < 100; count++) void refresher.touch('a', urgent);
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'a']);
    await end('a');
    expect(begun).toEqual(['a', 'a']);
  });

  it('does a few at once, urgent ones first', async () => {
    const { refresher, begun, end } = setUp({ atOnce: 1 });
    for (const key of ['a', 'b', 'c']) void refresher.touch(key, patient);
    void refresher.touch('d', urgent);
    void refresher.touch('c', urgent);
    for (const key of ['a', 'd', 'c', 'b']) await end(key);
    expect(begun).toEqual(['a', 'd', 'c', 'b']);
  });

  it('resolves with a look-up that began after the touch', async () => {
    const { refresher, end, shown } = setUp();
    void refresher.touch('a', urgent);
    let seen = -1;
    const second = refresher.touch('a', urgent).then(() => {
      seen = shown.length;
    });
    await end('a');
    expect(seen).toBe(-1);
    await end('a');
    await second;
    expect(seen).toBe(2);
  });

  it('does not show an answer about something that went in the meantime', async () => {
    const { refresher, end, shown } = setUp();
    void refresher.touch('a', urgent);
    refresher.forget('a');
    await end('a');
    expect(shown).toEqual([]);
    void refresher.touch('a', urgent);
    await end('a');
    expect(shown).toEqual(['a']);
  });

  it('drops what waits when it is gone, and tells who waited', async () => {
    const { refresher, begun, end } = setUp({ atOnce: 1 });
    void refresher.touch('a', urgent);
    const waiting = refresher.touch('b', patient);
    refresher.forget('b');
    await waiting;
    await end('a');
    expect(begun).toEqual(['a']);
  });

  it('tells a failure and goes on', async () => {
    const { refresher, failures, fail, end, shown } = setUp({ atOnce: 1 });
    const first = refresher.touch('a', urgent);
    void refresher.touch('b', urgent);
    await fail('a', 'broken');
    await first;
    await end('b');
    expect(failures).toEqual(['broken']);
    expect(shown).toEqual(['b']);
  });
});
