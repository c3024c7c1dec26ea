import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Removals } from '#backend/removals';
import { Tasks } from '#backend/tasks';
import type { Engine } from '#engine/index';
import { toProblem } from '#engine/problems';
import { Projection } from '#engine/projection';
import { aContainer } from '../../harness/a-container';

/** The parts of an engine that deletions use; calls are noted instead of made. */
function standInEngine() {
  const projection = new Projection({
    status: 'connected',
    endpoint: null,
    facts: null,
    since: 0,
    problem: null,
    nextAttemptAt: null,
  });
  projection.set('containers', 'one', aContainer({ id: 'one', name: 'one', state: 'running' }));
  projection.set('containers', 'two', aContainer({ id: 'two', name: 'two', state: 'exited' }));
  const calls: string[] = [];
  const note = (verb: string) => async (ids: string[]) => {
    calls.push(`${verb} ${ids.join(' ')}`);
    return { done: ids, failed: [] };
  };
  const lifecycle = { start: note('start'), stop: note('stop'), removeNow: note('remove') };
  return { projection, calls, lifecycle, engine: { projection, lifecycle } as unknown as Engine };
}

describe('deletions', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function setUp() {
    const parts = standInEngine();
    const tasks = new Tasks((error) => toProblem(error));
    const removals = new Removals(parts.engine, tasks);
    const remove = () =>
      removals.start({
        kind: 'containers',
        keys: ['one', 'two'],
        names: ['one', 'two'],
        removeNow: () => parts.lifecycle.removeNow(['one', 'two']),
      });
    const shown = () => [...parts.projection.snapshot().containers.keys()];
    return { ...parts, tasks, removals, remove, shown };
  }

  test('hide and stop at once, and delete after 8 seconds', async () => {
    const { calls, remove, shown } = setUp();
    remove();
    expect(shown()).toEqual([]);
    expect(calls).toEqual(['stop one']);
    await vi.advanceTimersByTimeAsync(7900);
    expect(calls).toEqual(['stop one']);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls).toEqual(['stop one', 'remove one two']);
  });

  test('undo shows them again and starts what ran', async () => {
    const { calls, remove, shown, tasks } = setUp();
    const taskId = remove();
    await tasks.cancel(taskId);
    expect(shown().sort()).toEqual(['one', 'two']);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(calls).toEqual(['stop one', 'start one']);
  });

  test('are carried out at once when Gantry ends', async () => {
    const { calls, remove, removals, tasks } = setUp();
    remove();
    removals.flush();
    await vi.advanceTimersByTimeAsync(0);
    await tasks.close();
    expect(calls).toEqual(['stop one', 'remove one two']);
  });
});
