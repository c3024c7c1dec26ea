import { type Figure, figure } from '../figure';
import { cpuSecondsOf, memoryOf } from '../processes';
import { type BenchVm, openVm } from './machine';

/** Longer than the keeper waits before it gives the guest's unused memory back. */
const settleMs = 45_000;
const windows = 5;
const windowMs = 24_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a VM without a container costs over two minutes, after its memory was given back. */
export async function vmIdle(): Promise<Record<string, Figure>> {
  await using bench = await openVm();
  const { qemu, keeper } = await bench.pids();
  const fresh = await memory(bench);
  await pause(settleMs);
  const [qemuShares, keeperShares]: [number[], number[]] = [[], []];
  for (let window = 0; window < windows; window += 1) {
    // The keeper's tree holds QEMU, which it has started.
    const before = { qemu: cpuSecondsOf(qemu), all: cpuSecondsOf(keeper) };
    const began = performance.now();
    await pause(windowMs);
    const seconds = (performance.now() - began) / 1000;
    const used = cpuSecondsOf(qemu) - before.qemu;
    qemuShares.push((used / seconds) * 100);
    keeperShares.push(((cpuSecondsOf(keeper) - before.all - used) / seconds) * 100);
  }
  const held = await memory(bench);
  return {
    'vm-idle': figure('%', qemuShares, { note: 'of a core, QEMU; no container runs' }),
    'vm-idle-memory': figure('MB', [held.host], {
      note: `PSS of QEMU with all of the guest's memory; ${Math.round(fresh.host)} right after the start; programs in the guest use ${Math.round(held.guest)}`,
    }),
    'keeper-cpu': figure('%', keeperShares, { note: 'of a core' }),
    'keeper-memory': figure('MB', [memoryOf(keeper) - memoryOf(qemu)], { note: 'PSS' }),
  };
}

/** In MB: what QEMU holds, and what programs in the guest use. */
async function memory({ machine }: BenchVm): Promise<{ host: number; guest: number }> {
  const { memory: used } = await machine.vm.usage();
  if (!used) throw new Error('The VM does not say what memory it uses');
  return { host: used.hostHeldBytes / 1e6, guest: used.guestUsedBytes / 1e6 };
}
