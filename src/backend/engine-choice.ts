import type { Problem, Settings, VmStatus } from '#contract';
import type { OwnVm } from '#engine/endpoints';
import type { Engine } from '#engine/index';
import type { Vm } from '#vm/index';

/** The Docker host that the settings choose; null looks for one. */
export const chosenHost = ({ engineChoice, engineHost }: Settings, vm: Vm): string | null =>
  engineChoice === 'vm' ? vm.host : engineHost;

const start = { kind: 'call', label: 'Start the engine', procedure: 'vm.start' } as const;

const titles: Record<Exclude<VmStatus, 'running'>, string> = {
  absent: 'Gantry’s engine is not there yet',
  building: 'Gantry’s engine is being made',
  stopped: 'Gantry’s engine is stopped',
  starting: 'Gantry’s engine is starting',
  suspending: 'Gantry’s engine is being suspended',
  suspended: 'Gantry’s engine is suspended',
  resuming: 'Gantry’s engine is waking up',
  stopping: 'Gantry’s engine is stopping',
  failed: 'Gantry’s engine could not be started',
};

const onItsWay: VmStatus[] = ['building', 'starting', 'suspending', 'resuming', 'stopping'];

/** Why the VM's engine cannot be used in its present state; null while it runs. */
function away({ state }: Vm): Problem | null {
  const { status } = state;
  if (status === 'running') return null;
  if (state.problem) return state.problem;
  return {
    code: 'vm-away',
    title: titles[status],
    explanation: onItsWay.includes(status)
      ? 'It takes a moment. Gantry connects as soon as it is ready.'
      : 'Containers, images and volumes are in it, and come back with it.',
    actions: onItsWay.includes(status) ? [] : [start],
  };
}

/** The VM as the engine's room sees it. */
export const engineOf = (vm: Vm): OwnVm => ({ host: vm.host, known: vm.known, away: () => away(vm) });

/** Connects to the VM's engine as soon as it runs, and tells of its other states as they come. */
export function followVm(vm: Vm, engine: Engine): AbortController {
  const over = new AbortController();
  const follow = async () => {
    for await (const _ of vm.watch(over.signal)) engine.vmChanged();
  };
  void follow();
  return over;
}
