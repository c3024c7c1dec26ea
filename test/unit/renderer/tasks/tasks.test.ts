import { describe, expect, it } from 'vitest';
import type { LayerProgress, Task, TaskProgress } from '#contract';
import { endedTasks } from '../../../../renderer/tasks/ended';
import {
  endedLine,
  fractionOf,
  headline,
  layerLine,
  progressFigure,
  progressLine,
  shareOf,
} from '../../../../renderer/tasks/words';

const MB = 1_000_000;

const layer = (part: Partial<LayerProgress>): LayerProgress => ({
  id: '2c26d14830fd',
  phase: 'downloading',
  currentBytes: 0,
  totalBytes: null,
  ...part,
});

const layers = (part: Partial<Extract<TaskProgress, { kind: 'layers' }>>): TaskProgress => ({
  kind: 'layers',
  doing: 'Downloading',
  layers: [],
  receivedBytes: 0,
  totalBytes: null,
  bytesPerSecond: null,
  secondsLeft: null,
  ...part,
});

const task = (part: Partial<Task>): Task => ({
  id: 't1',
  kind: 'pull',
  title: 'Pull nginx:1.29',
  status: 'running',
  progress: { kind: 'unknown', doing: 'Starting' },
  startedAt: 0,
  endedAt: null,
  undoUntil: null,
  canRetry: false,
  canCancel: true,
  problem: null,
  result: null,
  subject: ['nginx:1.29'],
  ...part,
});

describe('a task in words', () => {
  it('says what it does, what it did, what failed', () => {
    expect(headline(task({}))).toBe('Pulling nginx:1.29');
    expect(headline(task({ status: 'done', result: { reference: 'nginx:1.29' } }))).toBe('Pulled nginx:1.29');
    expect(headline(task({ status: 'cancelled' }))).toBe('Pull of nginx:1.29 cancelled');
    const problem = { code: 'x', title: 'The registry is away', explanation: '', actions: [] };
    expect(headline(task({ status: 'failed', problem }))).toBe('The registry is away');
  });

  it('counts the others of a deletion, but not the image of a run', () => {
    expect(headline(task({ kind: 'remove', subject: ['web-1', 'web-2', 'db'] }))).toBe(
      'Deleting web-1 and 2 more',
    );
    expect(headline(task({ kind: 'remove', status: 'cancelled', subject: ['web-1'] }))).toBe('Kept web-1');
    expect(headline(task({ kind: 'run', subject: ['web', 'nginx:1.29'] }))).toBe('Starting web');
  });

  it('shows percent only when every layer has told its size', () => {
    const known = layers({
      layers: [layer({ totalBytes: 44 * MB })],
      receivedBytes: 28 * MB,
      totalBytes: 44 * MB,
      bytesPerSecond: 5.3 * MB,
      secondsLeft: 2.4,
    });
    expect(progressFigure(task({ progress: known }), 9000)).toBe('63%');
    expect(progressLine(task({ progress: known }))).toBe('0 of 1 layers, 28 MB of 44 MB, 5.3 MB/s, 3 s left');
    const unknown = layers({
      layers: [layer({ phase: 'done' }), layer({ phase: 'waiting' })],
      receivedBytes: 3 * MB,
    });
    expect(fractionOf(unknown)).toBeNull();
    expect(shareOf(unknown)).toBe(0.5);
    expect(progressFigure(task({ progress: unknown }), 9000)).toBe('0:09');
    expect(progressLine(task({ progress: unknown }))).toBe('1 of 2 layers, 3 MB so far');
  });

  it('says what is done when all bytes are there', () => {
    const progress = layers({
      doing: 'Extracting',
      layers: [layer({ phase: 'extracting', currentBytes: MB, totalBytes: 4 * MB })],
      receivedBytes: 4 * MB,
      totalBytes: 4 * MB,
      bytesPerSecond: 100,
    });
    expect(progressLine(task({ progress }))).toBe('0 of 1 layers, extracting');
    expect(layerLine(layer({ phase: 'extracting', currentBytes: MB, totalBytes: 4 * MB }))).toBe(
      'extracting, 1 MB of 4 MB',
    );
    expect(layerLine(layer({ phase: 'exists' }))).toBe('here already');
  });

  it('tells how a pull went', () => {
    const progress = layers({ receivedBytes: 158 * MB });
    expect(endedLine(task({ status: 'done', progress, endedAt: 21_000 }))).toBe('158 MB in 21 s');
    expect(endedLine(task({ status: 'done', progress: layers({}), endedAt: 400 }))).toMatch(/here already/);
    expect(endedLine(task({ status: 'failed', progress, endedAt: 21_000 }))).toBeNull();
  });
});

describe('tasks that ended', () => {
  it('are told once, and not when they had ended before the first look', () => {
    const newlyEnded = endedTasks();
    const old = task({ id: 'old', status: 'failed' });
    expect(newlyEnded([old, task({ id: 'a' })])).toEqual([]);
    const done = task({ id: 'a', status: 'done' });
    expect(newlyEnded([old, done])).toEqual([done]);
    expect(newlyEnded([old, done])).toEqual([]);
    // One that began and ended between two looks, and all again after a reconnect.
    const quick = task({ id: 'b', status: 'cancelled' });
    expect(newlyEnded([])).toEqual([]);
    expect(newlyEnded([old, done, quick])).toEqual([quick]);
  });
});
