import { describe, expect, it } from 'vitest';
import { besideSide } from '#backend/engine-choice';
import { anEngine, aVm } from '../../harness/a-vm';

const own = anEngine({ endpoint: { host: 'unix:///own', label: 'Gantry’s VM', source: 'Gantry VM' } });
const found = { engineChoice: 'found', engineHost: null } as const;

describe('the engine beside the shown one', () => {
  it('is the VM’s while it runs, and nothing that would wake it', () => {
    expect(besideSide(found, anEngine({}), aVm({ status: 'running' }))).toEqual({ of: 'vm' });
    for (const status of ['absent', 'stopped', 'suspended', 'suspending', 'starting', 'failed'] as const) {
      expect(besideSide(found, anEngine({}), aVm({ status }))).toBeNull();
    }
  });

  it('is the one that was there already while the VM’s is shown, running or not', () => {
    const choice = { engineChoice: 'vm', engineHost: 'unix:///other' } as const;
    for (const status of ['running', 'suspended', 'absent'] as const) {
      expect(besideSide(choice, own, aVm({ status }))).toEqual({ of: 'found', host: 'unix:///other' });
    }
  });

  it('is never the VM’s own when that was the first one to answer', () => {
    expect(besideSide(found, own, aVm({ status: 'running' }))).toEqual({ of: 'found', host: null });
  });
});
