import type { ProblemAction } from '#contract/problem';
import type { ContainerInspect } from '../container-inspect';
import { remove, replace, restart, runAnew, showLog, start, stop } from './actions';
import type { Circumstances, StateEntry } from './entry';
import { lastWords } from './last-words';
import {
  crashActions,
  crashWords,
  healthWords,
  memoryActions,
  memoryWords,
  quoted,
  signalOf,
  signals,
} from './state-words';

/** It ended so soon that nobody can have seen it run. */
const momentMs = 10_000;
const isEnded = ({ container: { State } }: Circumstances) => State.Status === 'exited';
const endedWith = (all: Circumstances, ...codes: number[]) =>
  isEnded(all) && codes.includes(all.container.State.ExitCode);
const lastLine = ({ lastLines }: Circumstances) => lastLines.at(-1)?.slice(0, quoted);
const printed = ({ lastLines }: Circumstances) =>
  lastLines.length > 0 ? { detail: lastLines.join('\n') } : {};

/** Why a container that is started again and again ends each time, and what would put another in its place. */
function loopReason(all: Circumstances): { reason: string; repair: ProblemAction[] } {
  const { container } = all;
  if (container.State.OOMKilled) return { reason: memoryWords(all), repair: [] };
  const known = lastWords(all);
  if (known) {
    const repair = known.actions.filter(
      (action) => action.kind === 'call' && action.procedure === 'containers.replace',
    );
    return { reason: known.explanation, repair };
  }
  const said = lastLine(all);
  return { reason: said ? `Its last line was: ${said}` : '', repair: [] };
}

const shells = new Set([
  'sh',
  'bash',
  'ash',
  'dash',
  'zsh',
  'python',
  'python3',
  'node',
  'irb',
  'psysh',
  'iex',
  'erl',
]);

/** Whether what it starts waits for somebody to type, and ends where there is no terminal to type in. */
function wantsTerminal({ Config: { Tty, Entrypoint, Cmd } }: ContainerInspect): boolean {
  const [program = '', ...rest] = [...Entrypoint, ...Cmd];
  return !Tty && rest.length === 0 && shells.has(program.split('/').at(-1) ?? '');
}

/** Ports that it listens on while nothing on this computer can reach them, because none is published. */
export function closedPorts({ container }: Pick<Circumstances, 'container'>): string[] {
  const { Config, HostConfig, NetworkSettings } = container;
  const published = Object.values(NetworkSettings.Ports).some((bindings) => bindings && bindings.length > 0);
  const inProject = 'com.docker.compose.project' in Config.Labels;
  if (published || inProject || HostConfig.NetworkMode === 'host') return [];
  return Config.ExposedPorts.filter((port) => port.endsWith('/tcp')).map((port) => port.split('/')[0] ?? '');
}

/** How a container ended or is, from the exit code, the engine's mark for memory, and the health. */
export const stateEntries: readonly StateEntry[] = [
  {
    code: 'crash-loop',
    recognise: ({ container }) => container.State.Status === 'restarting',
    explain: (all) => {
      const { Id, Name, RestartCount, HostConfig, State } = all.container;
      const times = RestartCount > 0 ? `${RestartCount} times so far` : 'again and again';
      const { reason, repair } = loopReason(all);
      const policy = `Its restart policy (${HostConfig.RestartPolicy?.Name || 'always'}) started it ${times}, and it ended with exit code ${State.ExitCode}.`;
      return {
        title: `${Name} starts and ends again and again`,
        explanation: `${policy} ${reason}`.trim(),
        actions: [...repair, stop(Id, 'Stop the loop'), showLog(Id)],
        ...printed(all),
      };
    },
  },
  {
    code: 'out-of-memory',
    recognise: (all) => isEnded(all) && all.container.State.OOMKilled,
    explain: (all) => ({
      title: `${all.container.Name} ran out of memory`,
      explanation: memoryWords(all),
      actions: memoryActions(all),
    }),
  },
  {
    code: 'finished',
    recognise: (all) => {
      const { StartedAt, FinishedAt } = all.container.State;
      return endedWith(all, 0) && Date.parse(FinishedAt) - Date.parse(StartedAt) < momentMs;
    },
    explain: ({ container }) => {
      const { Id, Name, Config } = container;
      if (wantsTerminal(container)) {
        return {
          title: `${Name} has finished`,
          explanation: `What it starts (${[...Config.Entrypoint, ...Config.Cmd].join(' ')}) waits for somebody to type, and ends at once where there is no terminal. With one, it keeps running.`,
          actions: [
            replace('Make it again with a terminal', Id, { kind: 'terminal' }),
            start(Id),
            showLog(Id),
          ],
        };
      }
      return {
        title: `${Name} has finished`,
        explanation:
          'It did its work and ended without an error after a moment. That is right for a one-shot tool; a program that waits for input ends too when nobody is there.',
        actions: [showLog(Id), start(Id)],
      };
    },
  },
  {
    code: 'interrupted',
    recognise: (all) => endedWith(all, 130),
    explain: ({ container: { Id, Name } }) => ({
      title: `${Name} was interrupted`,
      explanation: 'Somebody pressed Ctrl C, or sent the same signal (exit code 130). Nothing is wrong.',
      actions: [start(Id, 'Start')],
    }),
  },
  {
    code: 'force-stopped',
    recognise: (all) => endedWith(all, 137),
    explain: ({ container: { Id, Name } }) => ({
      title: `${Name} was force-stopped`,
      explanation:
        'It was killed (exit code 137): it did not end in the time that a stop gives, or somebody ended it at once.',
      actions: [start(Id), showLog(Id)],
    }),
  },
  {
    code: 'stopped',
    recognise: (all) => endedWith(all, 143),
    explain: ({ container: { Id, Name } }) => ({
      title: `${Name} was stopped`,
      explanation: 'It ended because it was asked to (exit code 143). Nothing is wrong.',
      actions: [start(Id, 'Start')],
    }),
  },
  {
    code: 'crashed',
    recognise: (all) => isEnded(all) && signalOf(all) in signals,
    explain: (all) => ({
      title: `${all.container.Name} crashed`,
      explanation: crashWords(all),
      actions: crashActions(all),
      ...printed(all),
    }),
  },
  {
    code: 'start-file-missing',
    recognise: (all) => endedWith(all, 127),
    explain: (all) => ({
      title: `${all.container.Name} called a program that its image does not have`,
      explanation: 'That is what exit code 127 says. Its start command or script names the program.',
      actions: [runAnew(all.container.Config.Image), showLog(all.container.Id)],
      ...printed(all),
    }),
  },
  {
    code: 'start-file-forbidden',
    recognise: (all) => endedWith(all, 126),
    explain: (all) => ({
      title: `${all.container.Name} called a file that may not be executed`,
      explanation:
        'That is what exit code 126 says. In the Dockerfile, RUN chmod +x and the file’s path repairs it.',
      actions: [runAnew(all.container.Config.Image), showLog(all.container.Id)],
      ...printed(all),
    }),
  },
  {
    code: 'app-error',
    recognise: (all) => isEnded(all) && all.container.State.ExitCode !== 0,
    explain: (all) => {
      const { Id, Name, State, Config } = all.container;
      const said = lastLine(all);
      return {
        title: `${Name} ended with an error`,
        explanation: said
          ? `The program itself reported exit code ${State.ExitCode}. Its last line was: ${said}`
          : `The program itself reported exit code ${State.ExitCode}, and printed nothing.`,
        actions: [showLog(Id), start(Id), runAnew(Config.Image)],
        ...printed(all),
      };
    },
  },
  {
    code: 'unhealthy',
    recognise: ({ container: { State } }) =>
      State.Status === 'running' && State.Health?.Status === 'unhealthy',
    explain: (all) => {
      const { Id, Name, State } = all.container;
      const output = State.Health?.Log.findLast((check) => check.ExitCode !== 0)?.Output;
      return {
        title: `${Name} runs, but its health check fails`,
        explanation: healthWords(all),
        actions: [showLog(Id), restart(Id)],
        ...(output ? { detail: output } : {}),
      };
    },
  },
  {
    code: 'no-door',
    recognise: (all) => all.container.State.Status === 'running' && closedPorts(all).length > 0,
    explain: (all) => {
      const { Id, Name, Config, HostConfig } = all.container;
      const ports = closedPorts(all);
      const list = ports.length === 1 ? `port ${ports[0]}` : `the ports ${ports.join(', ')}`;
      const port = Number(ports[0]);
      // One that removes itself would be gone with its end; one without a network of its own has no port to publish.
      const fixed = HostConfig.AutoRemove || /^(?:container:|none$)/.test(HostConfig.NetworkMode);
      const to = fixed ? undefined : all.freeDoor;
      const again = to
        ? ' Gantry can make it again with one: this container stops then, and is kept beside the new one.'
        : '';
      return {
        title: `${Name} works, but this computer has no door to it`,
        explanation: `It listens on ${list} inside, and none is published. Other containers on its network can reach it; a browser here cannot. Ports are published when a container is made.${again}`,
        actions: [
          ...(to
            ? [replace(`Make it again, with ${port} published as ${to}`, Id, { kind: 'publish', port, to })]
            : []),
          runAnew(Config.Image),
        ],
      };
    },
  },
  {
    code: 'half-deleted',
    recognise: ({ container }) => container.State.Status === 'dead',
    explain: ({ container: { Id, Name } }) => ({
      title: `${Name} could not be deleted completely`,
      explanation: 'The engine began to delete it and failed, often because something still uses its files.',
      actions: [remove(Id, 'Delete it')],
    }),
  },
];
