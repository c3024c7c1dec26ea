import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Removals } from '#backend/removals';
import { Tasks } from '#backend/tasks';
import type { Engine } from '#engine/index';
import { toProblem } from '#engine/problems';
import { Projection } from '#engine/projection';
import { aContainer } from '../../harness/a-container';

/** The parts of an engine that deletions use; calls are noted instead of made. */
function standInEngine(stopped: Promise<void>) {
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
  const stop = async (ids: string[]) => {
    const outcome = await note('stop')(ids);
    await stopped;
    return outcome;
  };
  const lifecycle = { start: note('start'), stop, removeNow: note('remove') };
  const shown = { host: 'first' };
  const here = () => {
    const { host } = shown;
    const isShown = () => shown.host === host;
    const assertShown = () => {
      if (!isShown()) throw new Error('Another engine is shown');
    };
    return { isShown, assertShown, docker: assertShown };
  };
  return {
    projection,
    calls,
    lifecycle,
    shown,
    engine: { projection, lifecycle, here } as unknown as Engine,
  };
}

describe('deletions', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function setUp({ stopped = Promise.resolve() }: { stopped?: Promise<void> } = {}) {
    const parts = standInEngine(stopped);
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
    return { ...parts, engineShown: parts.shown, tasks, removals, remove, shown };
  }

  test('are never carried out in another engine: what waits then stays, and says so', async () => {
    const { calls, remove, tasks, shown, engineShown } = setUp();
    remove();
    engineShown.host = 'second';
    await vi.advanceTimersByTimeAsync(9000);
    expect(calls).toEqual(['stop one']);
    expect(shown()).toEqual(['one', 'two']);
    const first = await tasks.watch().next();
    expect(first.value?.set).toMatchObject([{ status: 'failed' }]);
  });

  test('are carried out at once before another engine is shown', async () => {
    const { calls, remove, removals } = setUp();
    remove();
    await removals.carryOut();
    expect(calls).toEqual(['stop one', 'remove one two']);
  });

  test('hide and stop at once, and delete after 8 seconds', async () => {
    const { calls, remove, shown } = setUp();
    remove();
    expect(shown()).toEqual([]);
    expect(calls).toEqual(['stop one']);
    await vi.advanceTimersByTimeAsync(7900);
    expect(calls).toEqual(['stop one']);
    await vi.advanceTimersByTimeAsync(200);
    expect(calls).toEqual(['stop one', 'remove one two']);
    // The engine's own word of it has not come yet.
    expect(shown()).toEqual([]);
  });

  test('are carried out at once when something new wants one of their names', async () => {
    const { calls, remove, removals, shown } = setUp();
    remove();
    await removals.settle('containers', ['three']);
    await removals.settle('volumes', ['one']);
    expect(calls).toEqual(['stop one']);
    await removals.settle('containers', ['two']);
    expect(calls).toEqual(['stop one', 'remove one two']);
    expect(shown()).toEqual([]);
  });

  test('undo shows them again and starts what ran', async () => {
    const { calls, remove, shown, tasks } = setUp();
    const taskId = remove();
    await tasks.cancel(taskId);
    expect(shown().sort()).toEqual(['one', 'two']);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(calls).toEqual(['stop one', 'start one']);
  });

  test('are carried out when Gantry ends, although a container still takes its time to stop', async () => {
    let stop = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const { calls, remove, removals, tasks } = setUp({ stopped });
    remove();
    removals.flush();
    const closed = tasks.close();
    stop();
    await closed;
    expect(calls).toEqual(['stop one', 'remove one two']);
  });

  test('show again what could not be deleted, and say why', async () => {
    const { engine, shown, tasks } = setUp();
    const problem = { code: 'unknown', title: 'Could not delete two', explanation: 'Why.', actions: [] };
    const taskId = new Removals(engine, tasks).start({
      kind: 'containers',
      keys: ['one', 'two'],
      names: ['one', 'two'],
      removeNow: async () => ({ done: ['one'], failed: [{ id: 'two', name: 'two', problem }] }),
    });
    await vi.advanceTimersByTimeAsync(8100);
    expect(shown()).toEqual(['two']);
    const { value } = await tasks.watch().next();
    expect(value?.set).toMatchObject([
      {
        id: taskId,
        status: 'failed',
        problem: { title: problem.title, explanation: '1 of 2 could not be deleted. Why.' },
      },
    ]);
  });

  test('fail at once without an engine', () => {
    const { engine, tasks, shown } = setUp();
    const off = new Error('no engine');
    const removals = new Removals(
      {
        ...engine,
        here: () => ({
          ...engine.here(),
          docker: () => {
            throw off;
          },
        }),
      },
      tasks,
    );
    const removal = { kind: 'containers' as const, keys: ['one'], names: ['one'] };
    expect(() => removals.start({ ...removal, removeNow: async () => ({ done: [], failed: [] }) })).toThrow(
      off,
    );
    expect(shown()).toEqual(['one', 'two']);
  });
});
