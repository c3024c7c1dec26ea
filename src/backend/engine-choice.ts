import type { EngineState, Problem, Settings, VmState, VmStatus } from '#contract';
import type { Side } from '#engine/beside';
import type { OwnVm } from '#engine/endpoints';
import { each } from '#engine/feed';
import type { Engine } from '#engine/index';
import type { Vm } from '#vm/index';
import type { Services } from './services';

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
  void each(vm.watch(over.signal), () => engine.vmChanged());
  return over;
}

/** Shows the engine of this host from now on; null looks for one. */
export async function showEngine(
  { engine, removals }: Pick<Services, 'engine' | 'removals'>,
  host: string | null,
): Promise<void> {
  await removals.carryOut();
  engine.select(host);
}

/** Which engine is connected beside the shown one: the VM's while it runs; beside the VM's, one of this computer. */
export function besideSide(
  { engineChoice, engineHost }: Pick<Settings, 'engineChoice' | 'engineHost'>,
  shown: EngineState,
  vm: VmState,
): Side | null {
  // The first one that answers can be Gantry's.
  const ownIsShown = engineChoice === 'vm' || shown.endpoint?.source === 'Gantry VM';
  if (ownIsShown) return { of: 'found', host: engineHost };
  return vm.status === 'running' ? { of: 'vm' } : null;
}

/** Keeps the engine beside the shown one connected, whichever of the two is shown. */
export function followBeside({
  engine,
  settings,
  vm,
}: Pick<Services, 'engine' | 'settings' | 'vm'>): AbortController {
  const over = new AbortController();
  const turn = () => engine.beside.turn(besideSide(settings.now, engine.state(), vm.state));
  const ignored = settings.onChange(turn);
  over.signal.addEventListener('abort', ignored, { once: true });
  void each(vm.watch(over.signal), turn);
  void each(engine.projection.watch(over.signal), turn);
  return over;
}
