import type { EngineState, VmState } from '#contract';
import { restState } from '#vm/state';

/** The VM's state, with what a test cares about. */
export const aVm = (part: Partial<VmState>): VmState => ({ ...restState, ...part });

/** The state of an engine that answers, with what a test cares about. */
export const anEngine = (part: Partial<EngineState>): EngineState => ({
  status: 'connected',
  endpoint: { host: 'unix:///var/run/docker.sock', label: 'Docker', source: 'known socket' },
  facts: null,
  since: 0,
  problem: null,
  nextAttemptAt: null,
  ...part,
});
