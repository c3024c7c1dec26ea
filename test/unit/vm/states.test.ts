import { describe, expect, it } from 'vitest';
import { step } from '#vm/state';
import { States } from '#vm/states';

describe('the steps of a start', () => {
  it('are kept while it is under way, each once', () => {
    const states = new States(new AbortController().signal);
    states.set({ status: 'resuming', step: null });
    states.set({ status: 'starting', step: step('image') });
    for (const name of ['image', 'machine', 'kernel'] as const)
      states.set({ status: 'starting', step: step(name) });
    expect(states.begun.map(({ step }) => step)).toEqual(['image', 'machine', 'kernel']);
    expect(states.begun.every(({ atMs }) => atMs >= 0)).toBe(true);
  });

  it('are gone when it is over, and the next start has its own', () => {
    const states = new States(new AbortController().signal);
    states.set({ status: 'starting', step: step('machine') });
    states.set({ status: 'failed', step: step('machine') });
    expect(states.begun).toEqual([]);
    states.set({ status: 'starting', step: step('image') });
    expect(states.begun.map(({ step }) => step)).toEqual(['image']);
  });
});
