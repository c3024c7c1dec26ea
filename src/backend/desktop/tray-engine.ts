import type { Container, EngineState, TrayItem, VmState, VmStatus } from '#contract';
import { isUp } from '#contract/container-state';
import { guestPath } from '#contract/guest-path';
import { isWithin } from '#vm/shares/paths';
import { call, item } from './tray-items';
import type { TrayState } from './tray-model';

export const plural = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

const still: Record<Exclude<VmStatus, 'running'>, string> = {
  absent: 'No engine yet',
  building: 'Preparing the engine…',
  stopped: 'Engine stopped',
  starting: 'Engine starting…',
  suspending: 'Engine going to sleep…',
  suspended: 'Engine asleep',
  resuming: 'Engine waking up…',
  stopping: 'Engine stopping…',
  failed: 'The engine could not be started',
};

const found: Record<EngineState['status'], (name: string) => string> = {
  connecting: (name) => `Connecting to ${name}…`,
  connected: (name) => `${name} running`,
  reconnecting: (name) => `Reconnecting to ${name}…`,
  off: () => 'No engine found',
};

/** The state of the engine in use, in a few words. */
export function engineLine({ engine, vm, settings }: TrayState): string {
  if (settings.engineChoice !== 'vm') {
    return found[engine.status](engine.endpoint?.label ?? 'the engine');
  }
  if (vm.status !== 'running') return still[vm.status];
  return engine.status === 'connected'
    ? 'Engine running in VM'
    : 'The VM runs, its engine does not answer yet';
}

/** Asked before what ends containers; nothing is asked where none is up. */
function ending(up: readonly Container[], { verb, whole }: { verb: 'Stop' | 'Restart'; whole: string }) {
  if (up.length === 0) return undefined;
  const names = up.map(({ name }) => name);
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
  return {
    title: `${verb} ${whole}?`,
    text: `${plural(up.length, 'container')} ${up.length === 1 ? 'stops' : 'stop'}: ${shown}. What they wrote stays.`,
    button: `${verb} ${whole}`,
  };
}

/** An order that says with "…" that it asks first. */
export function order(
  procedure: string,
  up: readonly Container[],
  words: { verb: 'Stop' | 'Restart'; whole: string },
  input?: unknown,
): TrayItem {
  const confirm = ending(up, words);
  return item(`${words.verb} ${words.whole}${confirm ? '…' : ''}`, {
    kind: 'call',
    procedure,
    ...(input === undefined ? {} : { input }),
    ...(confirm ? { confirm } : {}),
  });
}

function pausing(up: readonly Container[]): TrayItem[] {
  const has = (wanted: Container['state']) => up.some(({ state }) => state === wanted);
  return [
    ...(has('running') ? [call('Pause everything', 'desktop.everything', { verb: 'pause' })] : []),
    ...(has('paused') ? [call('Resume everything', 'desktop.everything', { verb: 'unpause' })] : []),
  ];
}

/** What can be asked of Gantry's own engine. */
function vmOrders({ status }: VmState, up: readonly Container[]): TrayItem[] {
  const whole = 'engine';
  switch (status) {
    case 'absent':
    case 'stopped':
    case 'failed':
      return [call('Start engine', 'vm.start')];
    case 'suspended':
      return [call('Wake engine', 'vm.start'), order('vm.stop', [], { verb: 'Stop', whole })];
    case 'starting':
      return [order('vm.stop', [], { verb: 'Stop', whole })];
    case 'running':
      return [
        ...pausing(up),
        call('Put engine to sleep', 'vm.suspend'),
        order('vm.restart', up, { verb: 'Restart', whole }),
        order('vm.stop', up, { verb: 'Stop', whole }),
      ];
    case 'building':
    case 'suspending':
    case 'resuming':
    case 'stopping':
      return [];
  }
}

/** What can be asked of an engine that is not Gantry's: only its containers are started and stopped. */
function foundOrders({ engine, stopped }: TrayState, up: readonly Container[]): TrayItem[] {
  if (engine.status !== 'connected') return [];
  const again = stopped.length > 0 ? [call('Start what was stopped', 'desktop.startStopped')] : [];
  if (up.length === 0) return again;
  const whole = 'everything';
  return [
    ...again,
    ...pausing(up),
    order('desktop.everything', up, { verb: 'Restart', whole }, { verb: 'restart' }),
    order('desktop.everything', up, { verb: 'Stop', whole }, { verb: 'stop' }),
  ];
}

export const engineOrders = (state: TrayState, up: readonly Container[]): TrayItem[] =>
  state.settings.engineChoice === 'vm' ? vmOrders(state.vm, up) : foundOrders(state, up);

/** Whether the VM can be frozen with these containers: not while one that runs has a folder of this computer. */
const canSleep = (inVm: readonly Container[], { folders }: TrayState['settings']['vm']) =>
  !inVm.some(({ mounts }) =>
    mounts.some(
      ({ type, source }) => type === 'bind' && folders.some(({ path }) => isWithin(source, guestPath(path))),
    ),
  );

/** Quit, with what becomes of the containers. */
export function quitItem({ settings, vm, beside }: TrayState, up: readonly Container[]): TrayItem {
  const quit = (consequence?: string) =>
    item(`Quit Gantry${consequence ? ` (${consequence})` : ''}`, { kind: 'quit' });
  if (vm.status === 'running') {
    const shown = settings.engineChoice === 'vm';
    const name = shown ? 'engine' : 'Gantry’s VM';
    if (settings.vm.keepRunning) return quit(`${name} keeps running`);
    const inVm = shown ? up : [...(beside?.containers.values() ?? [])].filter(isUp);
    return quit(canSleep(inVm, settings.vm) ? `${name} goes to sleep` : `${name} stops, with its containers`);
  }
  return up.length > 0 && settings.engineChoice !== 'vm' ? quit('containers keep running') : quit();
}
