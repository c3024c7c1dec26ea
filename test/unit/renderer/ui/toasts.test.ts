import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  dismissToast,
  flushToasts,
  holdToasts,
  settleToast,
  showToast,
  TOAST_MS,
  undoToast,
  useToasts,
} from '../../../../renderer/ui/toasts';

const titles = () => useToasts.getState().toasts.map((toast) => toast.title);

describe('toasts', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    flushToasts();
    holdToasts(false);
    vi.runAllTimers();
    vi.useRealTimers();
  });

  it('end by themselves when they announce success, and stay when they announce an error', () => {
    showToast({ kind: 'success', title: 'done' });
    showToast({ kind: 'error', title: 'failed' });
    vi.advanceTimersByTime(TOAST_MS + 500);
    expect(titles()).toEqual(['failed']);
    vi.advanceTimersByTime(10 * TOAST_MS);
    expect(titles()).toEqual(['failed']);
  });

  it('stand still while pointer or focus is on them', () => {
    showToast({ kind: 'success', title: 'done' });
    vi.advanceTimersByTime(TOAST_MS / 2);
    holdToasts(true);
    vi.advanceTimersByTime(10 * TOAST_MS);
    expect(titles()).toEqual(['done']);
    holdToasts(false);
    vi.advanceTimersByTime(TOAST_MS / 2 + 500);
    expect(titles()).toEqual([]);
  });

  it('run what they announced once, when the time is over', () => {
    const onEnd = vi.fn();
    showToast({ kind: 'success', title: 'web-1 deleted', undo: vi.fn(), onEnd });
    vi.advanceTimersByTime(TOAST_MS - 500);
    expect(onEnd).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('run it at once when dismissed, or when the window closes', () => {
    const first = vi.fn();
    const second = vi.fn();
    dismissToast(showToast({ kind: 'success', title: 'a', onEnd: first }));
    showToast({ kind: 'success', title: 'b', onEnd: second });
    flushToasts();
    expect(first).toHaveBeenCalledTimes(1);
    expect(second).toHaveBeenCalledTimes(1);
  });

  it('never run it after undo or after one of their actions', () => {
    const onEnd = vi.fn();
    const undo = vi.fn();
    undoToast(showToast({ kind: 'success', title: 'a', undo, onEnd }));
    settleToast(showToast({ kind: 'success', title: 'b', onEnd }));
    vi.advanceTimersByTime(2 * TOAST_MS);
    expect(undo).toHaveBeenCalledTimes(1);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it('replace the one with the same key', () => {
    showToast({ kind: 'error', title: 'lost', key: 'engine' });
    showToast({ kind: 'success', title: 'back', key: 'engine' });
    expect(titles()).toEqual(['back']);
  });

  it('leave no timer behind', () => {
    showToast({ kind: 'success', title: 'done' });
    vi.advanceTimersByTime(TOAST_MS + 1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
