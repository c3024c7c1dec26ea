import { describe, expect, it } from 'vitest';
import { isIn, lookOf, needsLook } from '../../../../renderer/containers/state';
import { aContainer } from '../../../harness/a-container';

const words = (part: Parameters<typeof aContainer>[0]) => {
  const { glyph, word, notes } = lookOf(aContainer(part));
  return `${glyph}: ${[word, ...notes].join(', ')}`;
};

describe('how a container’s state reads', () => {
  it.each([
    [{ state: 'running' }, 'running: Running'],
    [{ state: 'running', health: 'healthy' }, 'running: Running, healthy'],
    [{ state: 'running', health: 'unhealthy' }, 'unhealthy: Unhealthy, its checks fail'],
    [{ state: 'paused' }, 'paused: Paused'],
    [{ state: 'restarting', restartCount: 4 }, 'restarting: Restarting, 4th try'],
    [{ state: 'restarting', restartCount: 22 }, 'restarting: Restarting, 22nd try'],
    [{ state: 'restarting', restartCount: 12 }, 'restarting: Restarting, 12th try'],
    [{ state: 'created' }, 'created: Created, never started'],
    [{ state: 'created', startError: 'port is taken' }, 'created: Created, could not start'],
    [{ state: 'exited', exitCode: 0 }, 'exited: Exited'],
    [{ state: 'exited', exitCode: null }, 'exited: Exited'],
    [{ state: 'exited', exitCode: 143 }, 'exited: Exited'],
    [{ state: 'exited', exitCode: 1 }, 'failed: Failed, exit code 1'],
    [{ state: 'exited', exitCode: 137, oomKilled: true }, 'failed: Failed, out of memory'],
    [{ state: 'dead' }, 'failed: Failed, the engine could not delete it'],
    [{ state: 'running', busy: 'stopping' }, 'busy: Stopping…'],
  ] as const)('%o', (part, expected) => {
    expect(words(part)).toBe(expected);
  });

  it('counts in segments that do not leave a failure out', () => {
    const failed = aContainer({ state: 'exited', exitCode: 1 });
    expect(isIn(failed, 'attention') && isIn(failed, 'stopped') && !isIn(failed, 'running')).toBe(true);
    const unhealthy = aContainer({ health: 'unhealthy' });
    expect(isIn(unhealthy, 'attention') && isIn(unhealthy, 'running')).toBe(true);
    expect(needsLook(aContainer({ state: 'exited', exitCode: 0 }))).toBe(false);
  });

  it('still needs a look while something is done with it', () => {
    expect(needsLook(aContainer({ state: 'exited', exitCode: 1, busy: 'starting' }))).toBe(true);
  });
});
