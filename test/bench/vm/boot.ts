import type { BootStep } from '#contract';
import { type Figure, figure, spread } from '../figure';
import { cpuSecondsOf } from '../processes';
import { openVm } from './machine';
import { systemdGuest, timeSystemdBoot } from './systemd-guest';

const runs = 5;

/** From the spawn of QEMU to the engine's answer, beside a plain Debian with systemd in the same QEMU. */
export async function vmBoot(): Promise<Record<string, Figure>> {
  const boots: number[] = [];
  const orders: number[] = [];
  const cpu: number[] = [];
  const steps = new Map<BootStep, number[]>();
  {
    // The first start of a new home unpacks the image and formats the disk: it is not counted.
    await using bench = await openVm();
    const { vm } = bench.machine;
    for (let run = 0; run < runs; run += 1) {
      await vm.stop();
      const began = performance.now();
      await vm.start();
      orders.push(performance.now() - began);
      cpu.push(cpuSecondsOf((await bench.pids()).qemu) * 1000);
      const { timeLine } = await vm.details();
      for (const { step, atMs } of timeLine) steps.set(step, [...(steps.get(step) ?? []), atMs]);
      boots.push(await startedIn(vm));
    }
  }
  const beside: Figure['beside'] = { 'from the order': spread(orders), 'processor time': spread(cpu) };
  const notes = [[...steps].map(([step, at]) => `${step} ${Math.round(spread(at).median)}`).join(', ')];
  try {
    const plain = await systemdGuest(console.log);
    const others: { ms: number; cpuMs: number }[] = [];
    for (let run = 0; run < runs; run += 1) others.push(await timeSystemdBoot(plain));
    beside['systemd guest'] = spread(others.map(({ ms }) => ms));
    beside['its processor time'] = spread(others.map(({ cpuMs }) => cpuMs));
  } catch (error) {
    notes.push(`no guest with systemd beside it: ${error instanceof Error ? error.message : error}`);
  }
  return { 'vm-boot': figure('ms', boots, { beside, note: notes.join('; ') }) };
}

async function startedIn(vm: Parameters<typeof readState>[0]): Promise<number> {
  const { startedInMs } = await readState(vm);
  if (startedInMs === null) throw new Error('The VM does not say how long its start took');
  return startedInMs;
}

async function readState(vm: Awaited<ReturnType<typeof openVm>>['machine']['vm']) {
  const over = new AbortController();
  try {
    for await (const state of vm.watch(over.signal)) if (state.status === 'running') return state;
  } finally {
    over.abort();
  }
  throw new Error('The VM does not run');
}
