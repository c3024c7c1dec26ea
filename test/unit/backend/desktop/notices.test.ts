import { describe, expect, it } from 'vitest';
import { NoticeRules } from '#backend/desktop/notices';
import type { ActivityEntry, Task } from '#contract';
import { aVm } from '../../../harness/a-vm';

const died = (part: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: '1',
  engine: 'unix:///engine.sock',
  at: 1_000_000,
  kind: 'container',
  action: 'die',
  title: 'import-job ended with exit code 3',
  failed: true,
  asked: false,
  target: 'c1',
  ...part,
});

const aTask = (part: Partial<Task>): Task => ({
  id: 't1',
  kind: 'pull',
  title: 'Pull nginx:1.29',
  status: 'running',
  progress: { kind: 'unknown', doing: '' },
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

describe('a container that ends', () => {
  it('is told when it failed by itself', () => {
    expect(new NoticeRules().ofActivity(died())).toEqual({
      kind: 'crashes',
      title: 'import-job ended with exit code 3',
      text: 'Its log may say why.',
      route: '#/containers/c1/logs',
    });
  });

  it('of the engine that is not shown is told with its name, and leads to where that is shown', () => {
    expect(new NoticeRules().ofActivity(died(), 'Docker')).toMatchObject({
      title: 'import-job ended with exit code 3, in Docker',
      route: '#/home',
    });
  });

  it.each([
    ['that was asked to', { asked: true }],
    ['well', { failed: false }],
    ['and is only created', { action: 'create', failed: false }],
  ])('is not told of one %s', (_, part) => {
    expect(new NoticeRules().ofActivity(died(part))).toBeNull();
  });

  it('is told once, not at each turn of a restart loop', () => {
    const rules = new NoticeRules();
    expect(rules.ofActivity(died({ action: 'oom' }))).not.toBeNull();
    expect(rules.ofActivity(died({ at: 1_000_100 }))).toBeNull();
    expect(rules.ofActivity(died({ at: 1_500_000 }))).toBeNull();
    expect(rules.ofActivity(died({ target: 'c2', at: 1_500_000 }))).not.toBeNull();
    expect(rules.ofActivity(died({ at: 1_000_000 + 10 * 60_000 }))).not.toBeNull();
  });
});

it('tells of a health check that fails', () => {
  const notice = new NoticeRules().ofActivity(died({ action: 'health_status', title: 'web is unhealthy' }));
  expect(notice).toMatchObject({ kind: 'unhealthy', title: 'web is unhealthy', route: '#/containers/c1' });
});

describe('a download', () => {
  const ended = (part: Partial<Task>, before = true) => {
    const rules = new NoticeRules();
    if (before) rules.ofTask(aTask({}));
    return rules.ofTask(aTask(part));
  };

  it('is told when it is through, once', () => {
    const rules = new NoticeRules();
    expect(rules.ofTask(aTask({}))).toBeNull();
    const done = aTask({ status: 'done', result: { imageId: 'sha256:1', reference: 'nginx:1.29' } });
    expect(rules.ofTask(done)).toMatchObject({
      kind: 'pulls',
      title: 'nginx:1.29 is downloaded',
      route: '#/images/sha256%3A1',
    });
    expect(rules.ofTask(done)).toBeNull();
  });

  it('is not told when it was cancelled, ended before, or was something else', () => {
    expect(ended({ status: 'cancelled' })).toBeNull();
    expect(ended({ status: 'done' }, false)).toBeNull();
    expect(ended({ status: 'done', kind: 'remove' })).toBeNull();
  });

  it('that fails says why; one that found the disk full is about the disk', () => {
    const problem = {
      code: 'no-such-image',
      title: 'Not there',
      explanation: 'Check the name.',
      actions: [],
    };
    expect(ended({ status: 'failed', problem })).toMatchObject({
      kind: 'pulls',
      text: 'Not there. Check the name.',
    });
    expect(ended({ status: 'failed', problem: { ...problem, code: 'disk-full' } })?.kind).toBe('diskFull');
  });
});

it('tells once that the VM stands still for want of room, and again after it went on', () => {
  const rules = new NoticeRules();
  const problem = {
    code: 'vm-host-disk-full',
    title: 'It stands still',
    explanation: 'Make room.',
    actions: [],
  };
  expect(rules.ofVm(aVm({ status: 'running' }))).toBeNull();
  expect(rules.ofVm(aVm({ status: 'running', problem }))?.kind).toBe('diskFull');
  expect(rules.ofVm(aVm({ status: 'running', problem }))).toBeNull();
  rules.ofVm(aVm({ status: 'running' }));
  expect(rules.ofVm(aVm({ status: 'running', problem }))?.kind).toBe('diskFull');
});
