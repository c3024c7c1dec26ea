import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Gate } from '#vm/nine/gate';

it('lets many pass together, one alone, and each in its turn', async () => {
  const gate = new Gate();
  const happened: string[] = [];
  const step = (name: string) => async () => {
    happened.push(`${name} in`);
    await wait(5);
    happened.push(`${name} out`);
  };
  const failing = gate.alone(async () => {
    throw new Error('no');
  });
  await Promise.all([
    expect(failing).rejects.toThrow('no'),
    gate.together(step('a')),
    gate.together(step('b')),
    gate.alone(step('c')),
    gate.together(step('d')),
  ]);
  expect(happened).toEqual(['a in', 'b in', 'a out', 'b out', 'c in', 'c out', 'd in', 'd out']);
});
