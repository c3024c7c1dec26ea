import type { Problem, VmState } from '#contract';

/** A crash is followed by a new start after these pauses; one that comes after a longer good time begins anew. */
const pausesMs = [0, 1000, 2000, 5000, 10_000];
const wellMs = 10 * 60_000;

/** The number of a crash that happens in this state, and after how many milliseconds a new start follows, if any. */
export function nextCrash(
  { since, crashes }: VmState,
  now: number,
): { count: number; pauseMs: number | null } {
  const count = now - since > wellMs ? 1 : crashes.count + 1;
  return { count, pauseMs: pausesMs[count - 1] ?? null };
}

/** Whether a start failed because the machine ended, which after a crash is one more. */
export const isCrash = (problem: Problem): boolean =>
  ['vm-qemu-ended', 'vm-kernel-panic', 'vm-engine-ended'].includes(problem.code);

export const tooManyCrashes = (count: number, why: string): Problem => ({
  code: 'vm-crashes',
  title: 'The virtual machine ended unexpectedly several times',
  explanation: `Gantry started it again ${count - 1} times. It ended with: ${why}`,
  actions: [{ kind: 'call', label: 'Start again', procedure: 'vm.start' }],
  detail: why,
});
