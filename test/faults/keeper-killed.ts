import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type MachineFault, seconds } from './fault';
import { bootMs, type FaultHome } from './fault-home';
import type { Steady } from './steady';
import { settles, until } from './until';

/** A call that a killed keeper cannot answer any more ends within this time, in milliseconds. */
const hangMs = 120_000;
/** So long until programs reach the engine again; 1 to 2 s on a quiet computer. */
const backMs = 120_000;

const settled = (home: FaultHome) =>
  home.becomes('it is at rest or runs', bootMs, ({ status }) =>
    ['running', 'suspended', 'stopped'].includes(status),
  );

/** The keeper is killed while the machine starts for the first time, for two backends that wanted it at once. */
export const whileStarting: MachineFault = {
  name: 'the keeper is killed while the machine starts, for two backends at once',
  check: async (home) => {
    const other = home.open();
    const orders = [home.vm, other].map((vm) => vm.start());
    const ended = Promise.all(orders.map((order) => settles('an order to start', bootMs, order)));
    await home.becomes('the kernel starts', bootMs, ({ step }) => (step?.number ?? 0) >= 3);
    const qemu = home.qemu();
    assert.ok(qemu);
    home.killKeeper();
    const outcomes = await ended;
    assert.ok(
      outcomes.every((outcome) => outcome instanceof Error),
      'An order was taken for carried out',
    );
    const took = await home.runs();
    assert.equal(home.qemu(), qemu, 'The machine was started again');
    assert.deepEqual(home.state.crashes, { count: 0, last: null });
    assert.ok((home.state.startedInMs ?? 0) > 0);
    await home.docker(['ps']);
    await other.close();
    return `runs ${seconds(took)} later`;
  },
};

/** What happens to a machine that runs, or sleeps, when its keeper is killed. */
export function keeperKilled(steady: () => Steady): MachineFault[] {
  return [
    {
      name: 'the keeper is killed while the machine runs',
      check: async (home) => {
        const same = await steady().remember();
        const qemu = home.qemu();
        const began = performance.now();
        home.killKeeper();
        await until('docker ps works', backMs, () => home.docker(['ps', '-q']));
        const took = performance.now() - began;
        await home.runs();
        assert.equal(home.qemu(), qemu);
        await same();
        return `docker ps works after ${seconds(took)}`;
      },
    },
    {
      name: 'the keeper is killed while nobody is connected, and the next backend finds the machine',
      check: async (home) => {
        const same = await steady().remember();
        await home.vm.close();
        home.killKeeper();
        const began = performance.now();
        home.vm = home.open();
        await until('docker ps works', backMs, () => home.docker(['ps', '-q']));
        const took = performance.now() - began;
        await home.runs();
        await same();
        return `docker ps works ${seconds(took)} after the backend began`;
      },
    },
    {
      name: 'the backend is closed and opened again',
      check: async (home) => {
        const same = await steady().remember();
        const keeper = home.keeper();
        await home.vm.close();
        const began = performance.now();
        home.vm = home.open();
        await home.runs();
        const took = performance.now() - began;
        assert.equal(home.keeper(), keeper, 'There is another keeper');
        await same();
        return `it knows the state after ${seconds(took)}`;
      },
    },
    whileSuspending(steady, 30),
    { ...whileSuspending(steady, 400), long: true },
    whileResuming(steady, 30),
    { ...whileResuming(steady, 500), long: true },
    {
      name: 'the keeper is killed while the machine is suspended, and a call wakes it',
      check: async (home) => {
        const same = await steady().remember();
        await home.vm.suspend();
        home.killKeeper();
        const began = performance.now();
        await until('docker ps works', bootMs, () => home.docker(['ps', '-q']));
        const took = performance.now() - began;
        await home.runs();
        await same();
        return `docker ps works after ${seconds(took)}`;
      },
    },
  ];
}

function whileSuspending(steady: () => Steady, delayMs: number): MachineFault {
  return {
    name: `the keeper is killed ${delayMs} ms after it began to suspend`,
    check: async (home) => {
      const same = await steady().remember();
      const order = settles('the order to suspend', hangMs, home.vm.suspend());
      await home.becomes('it suspends', hangMs, ({ status }) => status === 'suspending');
      return killAndGoOn(home, { delayMs, order, same });
    },
  };
}

function whileResuming(steady: () => Steady, delayMs: number): MachineFault {
  return {
    name: `the keeper is killed ${delayMs} ms after it began to resume`,
    check: async (home) => {
      const same = await steady().remember();
      await home.vm.suspend();
      const order = settles('the order to start', hangMs, home.vm.start());
      await home.becomes('it resumes', hangMs, ({ status }) => status === 'resuming' || status === 'running');
      return killAndGoOn(home, { delayMs, order, same });
    },
  };
}

/** Kills the keeper in the middle of an order. Whatever became of that, the next start finds everything as it was. */
async function killAndGoOn(
  home: FaultHome,
  { delayMs, order, same }: { delayMs: number; order: Promise<unknown>; same: () => Promise<unknown> },
): Promise<string> {
  await pause(delayMs);
  home.killKeeper();
  const outcome = await order;
  await until('there is another keeper', backMs, () => home.keeper() || home.state.status === 'suspended');
  await settled(home);
  const found = home.state.status;
  assert.notEqual(found, 'stopped', 'The machine is lost');
  await home.vm.start();
  await same();
  return `${outcome === null ? 'it was done' : 'it failed'}; then ${found}`;
}
