import { expect, it } from 'vitest';
import { troubleOf } from '#contract/container-trouble';
import { aContainer } from '../../harness/a-container';

it.each([
  [{ state: 'running' }, null],
  [{ state: 'running', health: 'unhealthy' }, 'unhealthy'],
  [{ state: 'restarting', exitCode: 1 }, 'restarting'],
  [{ state: 'exited', exitCode: 0 }, null],
  [{ state: 'exited', exitCode: 3 }, 'failed'],
  [{ state: 'exited', exitCode: 143 }, null],
  [{ state: 'exited', exitCode: 137, oomKilled: true }, 'out-of-memory'],
  [{ state: 'created' }, null],
  [{ state: 'created', startError: 'port is taken' }, 'could-not-start'],
  [{ state: 'dead' }, 'dead'],
] as const)('%o is %s', (part, trouble) => {
  expect(troubleOf(aContainer(part))).toBe(trouble);
});
