import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Figure, figure, spread } from '../figure';
import { openVm } from './machine';
import { timeCall } from './request';

const runs = 5;

/** Suspending to a file; waking by an order, and by a program's first call. */
export async function vmSuspend(): Promise<Record<string, Figure>> {
  await using bench = await openVm();
  const { vm, socket } = bench.machine;
  const suspended: number[] = [];
  const resumed: number[] = [];
  const called: number[] = [];
  const sizes: number[] = [];
  const suspend = async () => {
    const { qemu } = await bench.pids();
    const began = performance.now();
    await vm.suspend();
    suspended.push(performance.now() - began);
    sizes.push((await stat(bench.places.stateFile)).size / 1e6);
    if (existsSync(`/proc/${qemu}`)) throw new Error('QEMU still runs after a suspend');
  };
  for (let run = 0; run < runs; run += 1) {
    await suspend();
    const began = performance.now();
    await vm.start();
    await timeCall({ socket, path: '/_ping' });
    resumed.push(performance.now() - began);
    if (!vm.state.reason?.startsWith('You started')) throw new Error(`It booted: ${vm.state.reason}`);
    await suspend();
    called.push(await timeCall({ socket, path: '/_ping' }));
  }
  return {
    'vm-suspend': figure('ms', suspended, {
      note: `from the order to its end, when QEMU is gone; the file has ${Math.round(spread(sizes).median)} MB`,
    }),
    'vm-resume': figure('ms', resumed, {
      beside: { 'by a first call': spread(called) },
      note: 'from the order to the answer of /_ping',
    }),
  };
}
