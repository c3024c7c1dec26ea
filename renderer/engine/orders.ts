import { client } from '../data/client';
import { showProblem } from '../data/problems';
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
