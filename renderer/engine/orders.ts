import type { ProblemAction } from '#contract/problem';
import { client } from '../data/client';
import { runAction, showProblem } from '../data/problems';
import { vmFails } from '../data/vm';

/** News of the state that come later than this are about something else. */
const newsMs = 500;

/** Carries an order out. What the VM's state itself tells is not told a second time. */
async function order(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(await vmFails(newsMs))) showProblem(error);
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
