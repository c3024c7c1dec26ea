import { describe, expect, test } from 'vitest';
import { type Figures, withFigures } from '#backend/disk-full';
import { growthProblem } from '#backend/grow-disk';
import type { Problem } from '#contract';
import { toProblem } from '#engine/problems';
import { expectLiveButtons } from '../../harness/live-buttons';

const gib = 1024 ** 3;
const full = toProblem(new Error('write /var/lib/docker/tmp/x: no space left on device'));
const inside: Problem = {
  ...full,
  code: 'disk-full-inside',
  actions: [
    { kind: 'open', label: 'Find unused images', page: 'images' },
    { kind: 'call', label: 'Start again', procedure: 'containers.start', input: { ids: ['c0ffee'] } },
  ],
};

const share = (bytes: number, freeableBytes = 0) => ({ count: 1, bytes, freeableBytes });
const usage: Figures['usage'] = {
  images: share(12.4e9, 4e9),
  containers: share(2e8),
  volumes: share(3e9, 3e9),
  buildCache: share(1e9, 5e8),
  volumeBytes: {},
  containerBytes: {},
};
const disk = (usedGiB: number, freeGiB: number): NonNullable<Figures['disk']> => ({
  path: '/disk',
  sizeBytes: 64 * gib,
  hostBytes: 64 * gib,
  guestUsedBytes: usedGiB * gib,
  hostFreeBytes: freeGiB * gib,
});
const labels = ({ actions }: Problem) => actions.map(({ label }) => label);

describe('a full disk', () => {
  test('says what takes the room, and what can go without harm: images and build cache, but no volume', () => {
    const told = withFigures(full, { usage, disk: null });
    expect(told.explanation).toContain(
      'Images take 12.4 GB, volumes 3.0 GB, the containers’ own files 200 MB and the build cache 1.0 GB.',
    );
    expect(told.explanation).toContain('Unused images and build cache make up 4.5 GB of it');
    expect(labels(told)).toEqual(['Find unused images', 'Try again']);
  });

  test('names nothing that takes no room', () => {
    const little = { ...usage, containers: share(0), buildCache: share(0) };
    expect(withFigures(full, { usage: little, disk: null }).explanation).toContain(
      'Images take 12.4 GB and volumes 3.0 GB.',
    );
    const none = { ...little, images: share(0), volumes: share(0) };
    expect(withFigures(full, { usage: none, disk: null }).explanation).toBe(full.explanation);
  });

  test('does not lead to unused images where there are none', () => {
    const none = { ...usage, images: share(12.4e9), buildCache: share(0) };
    const told = withFigures(full, { usage: none, disk: null });
    expect(told.explanation).toContain('All images and all of the build cache are in use.');
    expect(labels(told)).toEqual(['Try again']);
  });

  test('stays as it was where nothing could be found out', () => {
    expect(withFigures(full, { usage: null, disk: null })).toEqual(full);
  });

  test('of the VM grows with one click, where this computer has room', () => {
    const told = withFigures(full, { usage, disk: disk(64, 200) });
    expect(told.explanation).toContain('The VM’s disk has 64 GB, and can grow.');
    expect(told.actions[1]).toEqual({
      kind: 'call',
      label: 'Make the disk larger (96 GB)',
      procedure: 'vm.growDisk',
      input: { diskGiB: 96 },
    });
    expectLiveButtons(told);
    const little = { ...usage, images: share(12.4e9, 2e6) };
    expect(
      labels(withFigures(full, { usage: little, disk: disk(64, 200) })),
      'what helps comes first',
    ).toEqual(['Make the disk larger (96 GB)', 'Find unused images', 'Try again']);
    const tight = withFigures(full, { usage, disk: disk(64, 3) });
    expect(tight.explanation).toContain('cannot grow: this computer has 3.2 GB free');
    expect(labels(tight)).toEqual(['Find unused images', 'Try again']);
  });

  test('is not what a container met that wrote to a smaller place', () => {
    const told = withFigures(inside, { usage, disk: disk(12, 200) });
    expect(told.explanation).toContain('12.0 of 64 GB are used');
    expect(labels(told)).toEqual(['Start again']);
    expect(labels(withFigures(inside, { usage, disk: disk(63, 200) }))).toEqual([
      'Find unused images',
      'Make the disk larger (96 GB)',
      'Start again',
    ]);
    // What a download took is free again by now, so that its figure says nothing.
    expect(labels(withFigures(full, { usage, disk: disk(12, 200) }))).toContain('Find unused images');
  });
});

test('a disk grows only, and only as far as this computer has room', () => {
  expect(growthProblem(64, 64, null)?.code).toBe('vm-disk-not-larger');
  expect(growthProblem(96, 64, disk(64, 10))?.code).toBe('vm-disk-host-room');
  expect(growthProblem(96, 64, disk(64, 100))).toBeNull();
  expect(growthProblem(96, 64, null)).toBeNull();
});
