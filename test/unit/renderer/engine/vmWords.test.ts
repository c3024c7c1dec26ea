import { describe, expect, it } from 'vitest';
import type { EngineState, VmState } from '#contract';
import { lookOfEngine, lookOfVm, startWord, vmVerbs } from '../../../../renderer/engine/vmWords';

const now = 1_800_000_000_000;

const vm = (part: Partial<VmState>): VmState => ({
  status: 'running',
  since: now - 3 * 3_600_000 - 12 * 60_000,
  reason: null,
  step: null,
  problem: null,
  accelerator: null,
  startedInMs: null,
  crashes: { count: 0, last: null },
  resources: null,
  ...part,
});

const engine = (part: Partial<EngineState>): EngineState => ({
  status: 'connected',
  endpoint: { host: 'unix:///run/docker.sock', label: 'Docker', source: 'known socket' },
  facts: {
    version: '29.1.3',
    apiVersion: '1.52',
    os: 'linux',
    arch: 'amd64',
    cpus: 4,
    memoryBytes: 8e9,
    name: 'here',
    rootless: false,
  },
  since: now,
  problem: null,
  nextAttemptAt: null,
  ...part,
});

const problem = {
  code: 'vm-disk-full',
  title: 'The virtual machine’s disk is full',
  explanation: 'There was no room.',
  actions: [],
};

describe('the state of the VM in words', () => {
  it('tells the engine and since when it is up', () => {
    expect(lookOfVm(vm({}), '29.1.3', now)).toEqual({
      glyph: 'running',
      title: 'Running in VM',
      detail: 'Engine 29.1, up 3 h 12 min',
    });
  });

  it('tells the step of a start, its title, and how long it has taken', () => {
    const step = { name: 'engine', title: 'Starting Docker Engine', number: 7, of: 8, since: now } as const;
    expect(lookOfVm(vm({ status: 'starting', since: now - 12_000, step }), undefined, now)).toEqual({
      glyph: 'busy',
      title: 'Starting… step 7 of 8',
      detail: '12 s, Starting Docker Engine',
    });
  });

  it('says why it failed, why it is stopped, and that sleep ends by itself', () => {
    expect(lookOfVm(vm({ status: 'failed', problem }), undefined, now).detail).toBe(problem.title);
    expect(lookOfVm(vm({ status: 'stopped', reason: 'Stopped by you' }), undefined, now).detail).toBe(
      'Stopped by you',
    );
    expect(lookOfVm(vm({ status: 'suspended' }), undefined, now)).toMatchObject({
      glyph: 'paused',
      title: 'VM is asleep',
    });
  });

  it('offers only what can be done now', () => {
    expect(vmVerbs(vm({}))).toEqual(['sleep', 'restart', 'stop']);
    expect(vmVerbs(vm({ status: 'starting' }))).toEqual(['stop']);
    expect(vmVerbs(vm({ status: 'stopping' }))).toEqual([]);
    expect(startWord(vm({ status: 'suspended' }))).toBe('Wake the engine');
    expect(startWord(vm({ status: 'failed' }))).toBe('Start again');
  });
});

describe('the engine in use', () => {
  it('is the found one while that is chosen, whatever the VM does', () => {
    expect(lookOfEngine(engine({}), vm({ status: 'failed', problem }), 'found', now)).toEqual({
      glyph: 'running',
      title: 'Docker',
      detail: 'Engine 29.1.3',
    });
  });

  it('does not run in the VM before it has answered', () => {
    const look = lookOfEngine(engine({ status: 'connecting', facts: null }), vm({}), 'vm', now);
    expect(look.glyph).toBe('busy');
    expect(look.title).toBe('Connecting…');
  });

  it('tells the VM’s own failure rather than that nothing answers', () => {
    const away = engine({ status: 'reconnecting', facts: null });
    expect(lookOfEngine(away, vm({ status: 'failed', problem }), 'vm', now)).toMatchObject({
      glyph: 'failed',
      detail: problem.title,
    });
  });
});
