import { oc } from '@orpc/contract';
import { z } from 'zod';
import { problem } from '#contract/problem';
import { vmContract, vmSettings } from '#contract/vm';

const procedure = oc.errors({ PROBLEM: { data: problem } });

/** What an order needs to know that may have changed since the last one. */
export const order = z.object({
  settings: vmSettings,
  /** Folder of the guest image. */
  image: z.string(),
});
export type Order = z.infer<typeof order>;

/** What the backend and the command line say to the keeper, over its socket. */
export const keeperContract = {
  watch: vmContract.watch,
  start: procedure.input(order).output(z.void()),
  stop: vmContract.stop,
  restart: procedure.input(order).output(z.void()),
  suspend: vmContract.suspend,
  /** Takes over what applies live. */
  apply: procedure.input(vmSettings).output(z.void()),
  /** Gives the engine the `engineConfig` of these settings; see `vm.configureEngine`. */
  configureEngine: procedure.input(vmSettings).output(z.void()),
  /** The app is closed: the VM goes on, or not, as the settings say. Does not wait for it. */
  release: procedure.output(z.void()),
  /** Sets the guest's clock to this computer's. */
  setClock: procedure.output(z.void()),
  usage: vmContract.usage,
  details: vmContract.details,
  trimDisk: vmContract.trimDisk,
  moveDisk: vmContract.moveDisk,
  /** Stops, then deletes the data disk and the suspended state. */
  reset: procedure.output(z.void()),
};
