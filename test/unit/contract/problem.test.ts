import { expect, test } from 'vitest';
import { type Problem, problem } from '#contract/problem';

test('a problem stays one when it travels as JSON, where what is undefined has no place', () => {
  const said: Problem = {
    code: 'address-range-taken',
    title: 'This address range is taken',
    explanation: 'Another network has a part of it.',
    actions: [
      { kind: 'change', label: 'Let the engine choose', field: 'subnet', value: undefined },
      { kind: 'call', label: 'Try now', procedure: 'engine.reconnect', input: undefined },
      { kind: 'retry', label: 'Try again' },
    ],
  };
  const arrived = problem.parse(JSON.parse(JSON.stringify(said)));
  expect(arrived.actions.map(({ label }) => label)).toEqual([
    'Let the engine choose',
    'Try now',
    'Try again',
  ]);
});
