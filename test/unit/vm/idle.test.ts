import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Idle, type IdleLimits } from '#vm/idle';

const orders: string[] = [];

function idle(limits: Partial<IdleLimits> = {}): Idle {
  return new Idle(
    { suspendAfterMs: 1000, returnMemory: true, ...limits },
    {
      suspend: () => orders.push('suspend'),
      returnMemory: () => {
        orders.push('take memory');
        return { activity: () => orders.push('activity'), close: () => orders.push('give memory') };
      },
    },
  );
}

beforeEach(() => {
  orders.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('idleness', () => {
  it('begins only when it is known that no container runs', () => {
    const one = idle();
    vi.advanceTimersByTime(5000);
    expect(orders).toEqual([]);
    one.containers(0);
    vi.advanceTimersByTime(999);
    expect(orders).toEqual(['take memory']);
    vi.advanceTimersByTime(1);
    expect(orders).toEqual(['take memory', 'suspend']);
  });

  it('begins anew with each call', () => {
    const one = idle();
    one.containers(0);
    for (let call = 0; call < 5; call += 1) {
      vi.advanceTimersByTime(900);
      one.activity();
    }
    expect(orders).not.toContain('suspend');
    vi.advanceTimersByTime(1000);
    expect(orders).toContain('suspend');
  });

  it('waits again after a suspend that was not possible', () => {
    const one = idle();
    one.containers(0);
    vi.advanceTimersByTime(1000);
    one.activity();
    vi.advanceTimersByTime(1000);
    expect(orders.filter((order) => order === 'suspend')).toHaveLength(2);
  });

  it('ends with the first container, which gets all memory, and begins with the end of the last', () => {
    const one = idle();
    one.containers(0);
    one.containers(1);
    expect(orders).toEqual(['take memory', 'give memory']);
    one.containers(2);
    vi.advanceTimersByTime(5000);
    one.containers(0);
    expect(orders).toEqual(['take memory', 'give memory', 'take memory']);
    vi.advanceTimersByTime(1000);
    expect(orders).toContain('suspend');
  });

  it('takes over changed settings at once', () => {
    const one = idle({ suspendAfterMs: null });
    one.containers(0);
    vi.advanceTimersByTime(100_000);
    expect(orders).toEqual(['take memory']);
    one.apply({ suspendAfterMs: 500, returnMemory: false });
    expect(orders).toEqual(['take memory', 'give memory']);
    vi.advanceTimersByTime(500);
    expect(orders).toEqual(['take memory', 'give memory', 'suspend']);
  });

  it('does nothing after it was closed', () => {
    const one = idle();
    one.containers(0);
    one.close();
    one.containers(1);
    one.containers(0);
    vi.advanceTimersByTime(5000);
    expect(orders).toEqual(['take memory', 'give memory']);
  });
});
