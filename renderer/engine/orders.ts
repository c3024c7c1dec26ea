import type { ProblemAction } from '#contract/problem';
import { client } from '../data/client';
import { runAction, showProblem } from '../data/problems';
import { vmNow } from '../data/vm';

/** Carries an order out. What the VM's state itself tells is not told a second time. */
async function order(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (vmNow()?.status !== 'failed') showProblem(error);
  }
}

/** Starts what is stopped, wakes what sleeps. */
export const startVm = (): Promise<void> => order(() => client.vm.start());
export const stopVm = (): Promise<void> => order(() => client.vm.stop());
export const restartVm = (): Promise<void> => order(() => client.vm.restart());
export const suspendVm = (): Promise<void> => order(() => client.vm.suspend());

/** Does what a problem of the VM offers. Its state tells how a start went, so that is not told a second time. */
export function runVmAction(action: ProblemAction): Promise<void> {
  const starts = action.kind === 'retry' || (action.kind === 'call' && action.procedure === 'vm.start');
  return starts ? startVm() : runAction(action);
}
