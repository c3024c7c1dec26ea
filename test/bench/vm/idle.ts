import { type Figure, figure } from '../figure';
import { cpuSecondsOf, memoryOf } from '../processes';
import { openVm } from './machine';

/** Longer than the keeper waits before it gives the guest's unused memory back. */
const settleMs = 45_000;
const windows = 5;
const windowMs = 24_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a VM without a container costs over two minutes, after its memory was given back. */
export async function vmIdle(): Promise<Record<string, Figure>> {
  await using bench = await openVm();
  const { qemu, keeper } = await bench.pids();
  const fresh = memoryOf(qemu);
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
  const held = memoryOf(qemu);
  const usage = await bench.machine.vm.usage();
  const guestUsed = Math.round((usage.memory?.guestUsedBytes ?? 0) / 1e6);
  return {
    'vm-idle': figure('%', qemuShares, { note: 'of a core, QEMU; no container runs' }),
    'vm-idle-memory': figure('MB', [held], {
      note: `PSS of QEMU; ${Math.round(fresh)} MB right after the start; the guest's programs use ${guestUsed} MB`,
    }),
    'keeper-cpu': figure('%', keeperShares, { note: 'of a core' }),
    'keeper-memory': figure('MB', [memoryOf(keeper) - held], { note: 'PSS' }),
  };
}
