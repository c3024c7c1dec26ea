import type { EngineState, VmState, VmStatus } from '#contract';
import { formatDuration, formatLongDuration } from '#ui/format';
import type { StateName } from '#ui/StateGlyph';

/** How an engine's state reads where there is little room: shape, title, a quiet second line. */
export interface EngineLook {
  glyph: StateName;
  title: string;
  detail: string | undefined;
}

/** What can be asked of the VM now. */
export type VmVerb = 'start' | 'sleep' | 'stop' | 'restart';

const still: Record<Exclude<VmStatus, 'starting' | 'running'>, { glyph: StateName; title: string }> = {
  absent: { glyph: 'exited', title: 'No VM yet' },
  building: { glyph: 'busy', title: 'Preparing the VM…' },
  stopped: { glyph: 'exited', title: 'VM is stopped' },
  suspending: { glyph: 'busy', title: 'Going to sleep…' },
  suspended: { glyph: 'paused', title: 'VM is asleep' },
  resuming: { glyph: 'busy', title: 'Waking up…' },
  stopping: { glyph: 'busy', title: 'Stopping…' },
  failed: { glyph: 'failed', title: 'VM does not run' },
};

/** As far as there is room for beside the time: 29.1 of 29.1.3. */
const shortVersion = (version: string) => version.split('.').slice(0, 2).join('.');

const moving: ReadonlySet<VmStatus> = new Set(['building', 'starting', 'suspending', 'resuming', 'stopping']);

/** Whether it goes from one state to another by itself: its elapsed time is worth a clock. */
export const isMoving = ({ status }: VmState): boolean => moving.has(status);

/** How long it has taken, and the step: "12 s, Starting Docker Engine". */
function stepLine({ step, since }: VmState, now: number): string {
  const elapsed = formatDuration(now - since);
  return step ? `${elapsed}, ${step.title}` : elapsed;
}

/** The VM's state in words. `now` in milliseconds since 1970. */
export function lookOfVm(vm: VmState, engineVersion: string | undefined, now: number): EngineLook {
  if (vm.status === 'running') {
    const up = `up ${formatLongDuration(now - vm.since)}`;
    return {
      glyph: 'running',
      title: 'Running in VM',
      detail: engineVersion ? `Engine ${shortVersion(engineVersion)}, ${up}` : up,
    };
  }
  if (vm.status === 'starting') {
    const title = vm.step ? `Starting… step ${vm.step.number} of ${vm.step.of}` : 'Starting…';
    return { glyph: 'busy', title, detail: stepLine(vm, now) };
  }
  const look = still[vm.status];
  if (moving.has(vm.status)) return { ...look, detail: stepLine(vm, now) };
  if (vm.status === 'failed') return { ...look, detail: vm.problem?.title };
  if (vm.status === 'suspended') return { ...look, detail: 'Suspended, wakes when needed' };
  return { ...look, detail: vm.reason ?? undefined };
}

const verbsOf: Record<VmStatus, readonly VmVerb[]> = {
  absent: ['start'],
  building: [],
  stopped: ['start'],
  starting: ['stop'],
  running: ['sleep', 'restart', 'stop'],
  suspending: [],
  suspended: ['start', 'stop'],
  resuming: [],
  stopping: [],
  failed: ['start'],
};

export const vmVerbs = (vm: VmState): readonly VmVerb[] => verbsOf[vm.status];

/** What starting it is called in its present state. */
export function startWord({ status }: VmState): string {
  if (status === 'suspended') return 'Wake the engine';
  return status === 'failed' ? 'Start again' : 'Start the engine';
}

const found: Record<EngineState['status'], { glyph: StateName; title: string }> = {
  connecting: { glyph: 'busy', title: 'Connecting…' },
  connected: { glyph: 'running', title: 'Connected' },
  reconnecting: { glyph: 'restarting', title: 'Reconnecting…' },
  off: { glyph: 'exited', title: 'No engine' },
};

/** The state of an engine that was there before Gantry. */
export function lookOfFound(engine: EngineState): EngineLook {
  const { glyph, title } = found[engine.status];
  if (engine.status === 'connected' && engine.facts) {
    return { glyph, title: engine.endpoint?.label ?? title, detail: `Engine ${engine.facts.version}` };
  }
  return { glyph, title, detail: engine.problem?.title ?? engine.endpoint?.label };
}

/** The look of the engine in use. A VM that runs counts as running when its engine has answered Gantry. */
export function lookOfEngine(
  engine: EngineState,
  vm: VmState | null,
  choice: 'found' | 'vm' | undefined,
  now: number,
): EngineLook {
  if (choice !== 'vm' || !vm) return lookOfFound(engine);
  if (vm.status !== 'running' || engine.status === 'connected') {
    return lookOfVm(vm, engine.facts?.version, now);
  }
  return { ...lookOfFound(engine), detail: 'The VM runs, its engine does not answer yet' };
}
