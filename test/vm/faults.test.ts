import { afterAll, beforeAll, it } from 'vitest';
import { damagedImages } from '../faults/damaged-image';
import type { MachineFault } from '../faults/fault';
import { FaultHome } from '../faults/fault-home';
import { leftovers } from '../faults/leftovers';
import { FaultMachine, machineFaults } from '../faults/machine';
import { refusedDisks } from '../faults/refused-disk';
import { describeWithVm } from '../harness/vm';

/** One boot, and what a fault does besides, on a busy computer under software emulation. */
const limitMs = 300_000;

/** The short form: `npm run faults` tries all of them, and as often as is wanted. */
const short = (faults: MachineFault[]) => faults.filter(({ long }) => !long);

function theFault({ name, whyNot, check }: MachineFault, home: () => FaultHome): void {
  const reason = whyNot?.();
  if (reason) it.skip(`${name} (${reason})`, () => undefined);
  else it(name, async () => void (await check(home())), limitMs);
}

describeWithVm('faults without a machine', () => {
  for (const { name, check } of [...damagedImages, ...leftovers]) {
    it(name, async () => void (await check()), limitMs);
  }
});

describeWithVm('disks that are refused', () => {
  let home: FaultHome;
  beforeAll(async () => {
    home = await FaultHome.make();
  });
  afterAll(() => home?.[Symbol.asyncDispose]());
  for (const fault of short(refusedDisks)) theFault(fault, () => home);
});

describeWithVm('faults of a machine', () => {
  let machine: FaultMachine;
  beforeAll(async () => {
    machine = await FaultMachine.make();
  });
  afterAll(() => machine?.[Symbol.asyncDispose]());
  for (const fault of short(machineFaults(() => machine, 1))) theFault(fault, () => machine.home);
});
