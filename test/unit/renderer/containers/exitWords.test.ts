import { expect, it } from 'vitest';
import { stateTip } from '../../../../renderer/containers/exitWords';
import { aContainer } from '../../../harness/a-container';

it('says in a tooltip why a container is not well, and nothing of the others', () => {
  const tip = (part: Parameters<typeof aContainer>[0]) => stateTip(aContainer(part));
  expect(tip({ state: 'running' })).toBeUndefined();
  expect(tip({ state: 'exited', exitCode: 0 })).toBeUndefined();
  expect(tip({ state: 'exited', exitCode: 127 })).toContain('Exit code 127 means: the start command');
  expect(tip({ state: 'restarting', exitCode: 1 })).toContain('Exit code 1');
  expect(tip({ state: 'exited', exitCode: 137, oomKilled: true })).toContain('ran out of memory');
  expect(tip({ state: 'running', health: 'unhealthy' })).toContain('health check');
  expect(tip({ state: 'created', startError: 'no such user' })).toBe('no such user');
});
