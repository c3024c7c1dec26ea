import { describe, expect, test } from 'vitest';
import { PullProgress } from '#engine/pull-progress';

function layersAt(progress: PullProgress) {
  const whole = progress.whole();
  if (whole.kind !== 'layers') throw new Error('not layers');
  return whole;
}

describe('the progress of a pull', () => {
  test('adds up what was received, and knows the total only when every layer told its size', () => {
    const progress = new PullProgress(() => 0);
    progress.add({ id: 'a', status: 'Pulling fs layer' });
    progress.add({ id: 'b', status: 'Pulling fs layer' });
    progress.add({ id: 'a', status: 'Downloading', progressDetail: { current: 10, total: 100 } });
    expect(layersAt(progress)).toMatchObject({ receivedBytes: 10, totalBytes: null, secondsLeft: null });
    progress.add({ id: 'b', status: 'Downloading', progressDetail: { current: 5, total: 50 } });
    expect(layersAt(progress)).toMatchObject({ receivedBytes: 15, totalBytes: 150, doing: 'Downloading' });
  });

  test('extracting does not take received bytes back', () => {
    const progress = new PullProgress(() => 0);
    progress.add({ id: 'a', status: 'Downloading', progressDetail: { current: 100, total: 100 } });
    progress.add({ id: 'a', status: 'Download complete', progressDetail: {} });
    progress.add({ id: 'a', status: 'Extracting', progressDetail: { current: 3, total: 100 } });
    const whole = layersAt(progress);
    expect(whole.receivedBytes).toBe(100);
    expect(whole.layers).toEqual([{ id: 'a', phase: 'extracting', currentBytes: 3, totalBytes: 100 }]);
    expect(whole.doing).toBe('Extracting');
  });

  test('a pull that succeeded has no layer left, even where the engine left out its last word', () => {
    const progress = new PullProgress(() => 0);
    progress.add({ id: 'a', status: 'Downloading', progressDetail: { current: 60, total: 100 } });
    progress.add({ id: 'b', status: 'Already exists' });
    progress.complete();
    const whole = layersAt(progress);
    expect(whole).toMatchObject({ receivedBytes: 100, totalBytes: 100, doing: 'Finishing' });
    expect(whole.layers.map(({ phase }) => phase)).toEqual(['done', 'exists']);
  });

  test('a layer that was there already needs no bytes', () => {
    const progress = new PullProgress(() => 0);
    progress.add({ id: 'a', status: 'Already exists' });
    expect(layersAt(progress)).toMatchObject({ receivedBytes: 0, totalBytes: 0, doing: 'Finishing' });
  });

  test('rate and time left come from what was received in the time that passed', () => {
    let now = 0;
    const progress = new PullProgress(() => now);
    progress.add({ id: 'a', status: 'Downloading', progressDetail: { current: 0, total: 4000 } });
    now = 1000;
    progress.add({ id: 'a', status: 'Downloading', progressDetail: { current: 1000, total: 4000 } });
    expect(layersAt(progress)).toMatchObject({ bytesPerSecond: 1000, secondsLeft: 3 });
  });

  test('lines about no layer say nothing new', () => {
    const progress = new PullProgress(() => 0);
    expect(progress.add({ status: 'Digest: sha256:abc' })).toBe(false);
    expect(progress.add({ id: 'latest', status: 'Pulling from team/app' })).toBe(false);
  });
});
