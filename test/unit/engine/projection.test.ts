import { describe, expect, it } from 'vitest';
import type { EngineState, ProjectionBatch } from '#contract';
import { Projection } from '#engine/projection';
import { aContainer } from '../../harness/a-container';

const engine: EngineState = {
  status: 'connected',
  endpoint: null,
  facts: null,
  since: 0,
  problem: null,
  nextAttemptAt: null,
};

function filled(...names: string[]) {
  const projection = new Projection(engine);
  const containers = names.map((name) => aContainer({ id: name, name }));
  projection.replaceAll({ containers, images: [], volumes: [], networks: [] });
  return projection;
}

/** Reads batches one by one; the reader lives until the test ends it. */
function watching(projection: Projection) {
  const owner = new AbortController();
  const stream = projection.watch(owner.signal);
  return {
    async next(): Promise<ProjectionBatch> {
      const { value, done } = await stream.next();
      if (done) throw new Error('The stream ended');
      return value;
    },
    async end() {
      owner.abort();
      expect((await stream.next()).done).toBe(true);
    },
  };
}

describe('watching the projection', () => {
  it('gives everything, then what changes', async () => {
    const projection = filled('a', 'b');
    const reader = watching(projection);
    expect(await reader.next()).toMatchObject({
      type: 'reset',
      loaded: true,
      containers: [{ id: 'a' }, { id: 'b' }],
    });
    projection.set('containers', 'b', aContainer({ id: 'b', name: 'b', state: 'exited' }));
    projection.drop('containers', 'a');
    expect(await reader.next()).toEqual({
      type: 'patch',
      containers: { set: [aContainer({ id: 'b', name: 'b', state: 'exited' })], gone: ['a'] },
    });
    await reader.end();
  });

  it('merges a thousand changes of one object into its last state', async () => {
    const projection = filled('a');
    const reader = watching(projection);
    await reader.next();
    for (let count = 1; count <= 1000; count++) {
      projection.set('containers', 'a', aContainer({ id: 'a', name: 'a', restartCount: count }));
    }
    const batch = await reader.next();
    expect(batch).toMatchObject({ containers: { set: [{ restartCount: 1000 }] } });
    await reader.end();
  });

  it('says nothing when nothing changed', async () => {
    const projection = filled('a');
    const reader = watching(projection);
    await reader.next();
    projection.set('containers', 'a', aContainer({ id: 'a', name: 'a' }));
    projection.setEngine({ ...engine });
    projection.set('containers', 'b', aContainer({ id: 'b', name: 'b' }));
    expect(await reader.next()).toMatchObject({
      type: 'patch',
      containers: { set: [{ id: 'b' }], gone: [] },
    });
    await reader.end();
  });

  it('keeps the identity of what did not change', () => {
    const projection = filled('a');
    const before = projection.snapshot().containers.get('a');
    projection.set('containers', 'a', aContainer({ id: 'a', name: 'a' }));
    expect(projection.snapshot().containers.get('a')).toBe(before);
  });

  it('begins anew after a resync, whatever was pending', async () => {
    const projection = filled('a');
    const reader = watching(projection);
    await reader.next();
    projection.drop('containers', 'a');
    projection.forget();
    projection.setEngine({ ...engine, status: 'reconnecting' });
    expect(await reader.next()).toMatchObject({
      type: 'reset',
      loaded: false,
      containers: [],
      engine: { status: 'reconnecting' },
    });
    await reader.end();
  });

  it('serves several readers, each at its own pace', async () => {
    const projection = filled('a');
    const fast = watching(projection);
    const slow = watching(projection);
    await fast.next();
    await slow.next();
    for (const name of ['b', 'c', 'd']) {
      projection.set('containers', name, aContainer({ id: name, name }));
      expect(await fast.next()).toMatchObject({ containers: { set: [{ id: name }] } });
    }
    expect(await slow.next()).toMatchObject({ containers: { set: [{ id: 'b' }, { id: 'c' }, { id: 'd' }] } });
    await fast.end();
    await slow.end();
  });
});

describe('pending deletions and busy containers', () => {
  it('hides at once and shows again, with what changed in between', async () => {
    const projection = filled('a', 'b');
    const reader = watching(projection);
    await reader.next();
    projection.hide('containers', ['a']);
    expect(await reader.next()).toEqual({ type: 'patch', containers: { set: [], gone: ['a'] } });
    expect(projection.snapshot().containers.has('a')).toBe(false);
    projection.set('containers', 'a', aContainer({ id: 'a', name: 'a', state: 'exited' }));
    projection.unhide('containers', ['a']);
    expect(await reader.next()).toMatchObject({ containers: { set: [{ id: 'a', state: 'exited' }] } });
    await reader.end();
  });

  it('forgets that something was hidden once it is gone: its name may come back', () => {
    const projection = filled();
    const volume = { name: 'v', driver: '', mountpoint: '', createdAt: 0, anonymous: false, project: null };
    projection.set('volumes', 'v', volume);
    projection.hide('volumes', ['v']);
    projection.drop('volumes', 'v');
    projection.set('volumes', 'v', volume);
    expect(projection.snapshot().volumes.has('v')).toBe(true);
  });

  it('shows what is being done, over changes of state', () => {
    const projection = filled('a');
    projection.setBusy(['a'], 'stopping');
    projection.set('containers', 'a', aContainer({ id: 'a', name: 'a', state: 'exited' }));
    expect(projection.snapshot().containers.get('a')).toMatchObject({ busy: 'stopping', state: 'exited' });
    projection.setBusy(['a'], null);
    expect(projection.snapshot().containers.get('a')).toMatchObject({ busy: null, state: 'exited' });
  });
});
