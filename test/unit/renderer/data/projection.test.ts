import { describe, expect, test } from 'vitest';
import type { Network, ProjectionBatch } from '#contract';
import { emptyCollection, patched, replaced } from '../../../../renderer/data/collection';
import { afterBatch, useProjection } from '../../../../renderer/data/projection';

const network = (id: string, name = id): Network => ({
  id,
  name,
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ipv6: false,
  subnets: [],
  createdAt: 0,
  predefined: false,
  project: null,
});
const key = (item: Network) => item.id;

describe('collections', () => {
  test('an item that did not change keeps its identity through a whole new list', () => {
    const first = replaced(emptyCollection<Network>(), [network('a'), network('b')], key);
    const second = replaced(first, [network('a'), network('b', 'renamed')], key);
    expect(second.list[0]).toBe(first.list[0]);
    expect(second.list[1]).not.toBe(first.list[1]);
    expect(second.list[1]?.name).toBe('renamed');
  });

  test('a new list forgets what it does not name', () => {
    const first = replaced(emptyCollection<Network>(), [network('a'), network('b')], key);
    expect(replaced(first, [network('b')], key).list.map(key)).toEqual(['b']);
  });

  test('a patch touches only what it names', () => {
    const first = replaced(emptyCollection<Network>(), [network('a'), network('b'), network('c')], key);
    const second = patched(first, { set: [network('b', 'x'), network('d')], gone: ['c'] }, key);
    expect(second.list.map((item) => item.name)).toEqual(['a', 'x', 'd']);
    expect(second.list[0]).toBe(first.list[0]);
  });

  test('a patch that says nothing gives the same collection', () => {
    const first = replaced(emptyCollection<Network>(), [network('a')], key);
    expect(patched(first, undefined, key)).toBe(first);
  });
});

describe('the projection after a batch', () => {
  const reset: ProjectionBatch = {
    type: 'reset',
    engine: useProjection.getState().engine,
    containers: [],
    images: [],
    volumes: [],
    networks: [network('a')],
    loaded: true,
  };

  test('a reset replaces everything, so nothing stale stays after a reconnect', () => {
    const before = afterBatch(useProjection.getState(), { ...reset, networks: [network('old')] });
    const after = afterBatch(before, reset);
    expect(after.networks.list.map(key)).toEqual(['a']);
    expect(after.loaded).toBe(true);
  });

  test('a patch leaves other kinds as they are', () => {
    const before = afterBatch(useProjection.getState(), reset);
    const after = afterBatch(before, { type: 'patch', networks: { set: [network('b')], gone: ['a'] } });
    expect(after.networks.list.map(key)).toEqual(['b']);
    expect(after.containers).toBe(before.containers);
    expect(after.engine).toBe(before.engine);
  });
});
