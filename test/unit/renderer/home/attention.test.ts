import { expect, it } from 'vitest';
import { attentionOf } from '../../../../renderer/home/attention';
import { aContainer } from '../../../harness/a-container';

const linesOf = (...containers: Parameters<typeof aContainer>[0][]) =>
  attentionOf(containers.map(aContainer)).map(({ container, words }) => `${container.name} ${words}`);

it('says what is wrong', () => {
  expect(
    linesOf(
      { id: '1', name: 'old-job', state: 'exited', exitCode: 3, finishedAt: 1 },
      { id: '2', name: 'new-job', state: 'exited', exitCode: 1, finishedAt: 2 },
      { id: '3', name: 'api', state: 'running', health: 'unhealthy', failingStreak: 3 },
      { id: '4', name: 'worker', state: 'restarting', exitCode: 1 },
      { id: '5', name: 'import', state: 'exited', exitCode: 137, oomKilled: true, finishedAt: 0 },
    ).sort(),
  ).toEqual(
    [
      'worker stops right after it starts.',
      'api runs, but its health check failed 3 times in a row.',
      'new-job ended with exit code 1.',
      'old-job ended with exit code 3.',
      'import ran out of memory.',
    ].sort(),
  );
});

it('puts what is up before what failed, and the latest failure first', () => {
  const lines = linesOf(
    { id: '1', name: 'old-job', state: 'exited', exitCode: 3, finishedAt: 1 },
    { id: '2', name: 'new-job', state: 'exited', exitCode: 1, finishedAt: 2 },
    { id: '3', name: 'api', state: 'running', health: 'unhealthy', createdAt: 0 },
  );
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['api', 'new-job', 'old-job']);
});

it('is silent about what is well, was stopped on request, or is busy', () => {
  expect(
    linesOf(
      { id: '1', name: 'web', state: 'running' },
      { id: '2', name: 'stopped', state: 'exited', exitCode: 143 },
      { id: '3', name: 'done', state: 'exited', exitCode: 0 },
      { id: '4', name: 'again', state: 'restarting', busy: 'stopping' },
    ),
  ).toEqual([]);
});
