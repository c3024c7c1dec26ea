import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BootStep, VmState } from '#contract';
import type { Places } from './places';

/** Steps of a start in words; each says what is being waited for. */
const titles: Record<BootStep, string> = {
  image: 'Checking the image',
  machine: 'Starting the machine',
  kernel: 'Starting Linux',
  disk: 'Opening the disk',
  network: 'Setting up the network',
  containerd: 'Starting containerd',
  engine: 'Starting Docker Engine',
  ready: 'Connecting to the engine',
};

const order = Object.keys(titles);

/** A step for the state: "Starting Docker Engine", step 7 of 8. */
export function step(name: BootStep, since = Date.now()): NonNullable<VmState['step']> {
  return { name, title: titles[name], number: order.indexOf(name) + 1, of: order.length, since };
}

export const stepTitle = (name: BootStep): string => titles[name];

export const restState: VmState = {
  status: 'stopped',
  since: 0,
  reason: null,
  step: null,
  problem: null,
  accelerator: null,
  startedInMs: null,
  crashes: { count: 0, last: null },
  resources: null,
};

/** The state of a VM that nothing looks after, as its files tell it. */
export function atRest(places: Places, image: string): VmState {
  const status = existsSync(places.stateFile)
    ? 'suspended'
    : existsSync(join(image, 'manifest.json'))
      ? 'stopped'
      : 'absent';
  return { ...restState, status, since: Date.now() };
}
