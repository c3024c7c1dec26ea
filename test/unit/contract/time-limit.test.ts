import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { timeLimit } from '#contract/time-limit';

/** Collects garbage now: https://nodejs.org/api/v8.html#v8setflagsfromstringflags */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

describe('timeLimit', () => {
  it('ends a wait in time, whatever is collected meanwhile and whatever it is joined with', async () => {
    const fired: string[] = [];
    const joined = AbortSignal.any([new AbortController().signal, timeLimit(200)]);
    joined.addEventListener('abort', () => fired.push(joined.reason.name));
    await pause(20);
    collectGarbage();
    await pause(20);
    collectGarbage();
    await pause(400);
    expect(fired).toEqual(['TimeoutError']);
  });

  it('ends with its owner, for the owner’s reason', async () => {
    const owner = new AbortController();
    const limit = timeLimit(20, owner.signal);
    owner.abort(new Error('enough'));
    expect(limit.reason).toMatchObject({ message: 'enough' });
    await pause(40);
    expect(limit.reason).toMatchObject({ message: 'enough' });
    expect(timeLimit(20, owner.signal).reason).toMatchObject({ message: 'enough' });
  });
});
