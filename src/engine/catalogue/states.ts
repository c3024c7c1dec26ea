import type { ProblemAction } from '#contract/problem';
import { remove, restart, runAnew, search, showLog, start, stop } from './actions';
import type { Circumstances, StateEntry } from './entry';
import { lastWords } from './last-words';

/** It ended so soon that nobody can have seen it run. */
const momentMs = 10_000;
const MB = 1024 * 1024;
/** Characters of a line that fit into a sentence. */
const quoted = 200;

const size = (bytes: number) =>
  bytes >= 1024 * MB ? `${+(bytes / MB / 1024).toFixed(1)} GB` : `${Math.round(bytes / MB)} MB`;

const isEnded = ({ container: { State } }: Circumstances) => State.Status === 'exited';
const endedWith = (all: Circumstances, ...codes: number[]) =>
  isEnded(all) && codes.includes(all.container.State.ExitCode);
const lastLine = ({ lastLines }: Circumstances) => lastLines.at(-1)?.slice(0, quoted);
const printed = ({ lastLines }: Circumstances) =>
  lastLines.length > 0 ? { detail: lastLines.join('\n') } : {};

/** Signals that end a program which does not catch them, and what they mean for its user. */
const signals: Record<number, string> = {
  4: 'It used an instruction that this processor does not have (signal SIGILL). Often the image was built for a newer processor, or is emulated.',
  5: 'It stopped at a trap (signal SIGTRAP), as programs do that find themselves broken.',
  6: 'It ended itself because it found something that must not be (signal SIGABRT). Its log often says what.',
  7: 'It touched memory that is not there (signal SIGBUS). A full disk or shared memory that is too small can be the reason.',
  8: 'It divided by zero or the like (signal SIGFPE).',
  11: 'It read or wrote memory that is not its own (signal SIGSEGV).',
  31: 'It called what the engine’s protection forbids (signal SIGSYS).',
};
/** A shell, and the engine, add 128 to the signal that ended a program. */
const signalOf = ({ container: { State } }: Circumstances) => State.ExitCode - 128;

function crashWords(all: Circumstances): string {
  const { enginePlatform, imagePlatform, container } = all;
  const emulated = enginePlatform && imagePlatform && enginePlatform !== imagePlatform;
  const reason = `${signals[signalOf(all)] ?? ''} Its exit code is ${container.State.ExitCode}.`;
  return emulated
    ? `${reason} It is built for ${imagePlatform} and emulated on ${enginePlatform}, which is often the reason.`
    : `${reason} That is a fault of the program, or of a library it uses.`;
}

function crashActions({ enginePlatform, imagePlatform, container }: Circumstances): ProblemAction[] {
  const emulated = enginePlatform && imagePlatform && enginePlatform !== imagePlatform;
  return [
    ...(emulated ? [search('Find a tag for this processor', container.Config.Image)] : []),
    showLog(container.Id),
    start(container.Id),
  ];
}

function memoryWords({ container: { State, HostConfig } }: Circumstances): string {
  return HostConfig.Memory
    ? `It wanted more than its limit of ${size(HostConfig.Memory)}, so the kernel ended it (exit code ${State.ExitCode}).`
    : `The engine’s machine had no memory left, so its kernel ended it (exit code ${State.ExitCode}).`;
}

function memoryActions({ container: { Id, HostConfig }, inVm }: Circumstances): ProblemAction[] {
  const raised = HostConfig.Memory * 2;
  if (raised > 0) {
    const label = `Raise to ${size(raised)} and start`;
    const input = { id: Id, memoryBytes: raised, start: true };
    return [{ kind: 'call', label, procedure: 'containers.setMemoryLimit', input }, showLog(Id)];
  }
  const more: ProblemAction = {
    kind: 'open',
    label: 'Give the virtual machine more',
    page: 'settings',
    target: 'resources',
  };
  return [...(inVm ? [more] : []), start(Id), showLog(Id)];
}

/** In a sentence, why a container that is started again and again ends each time. */
function loopReason(all: Circumstances): string {
  const { container } = all;
  if (container.State.OOMKilled) return memoryWords(all);
  const known = lastWords(all)?.explanation;
  if (known) return known;
  const said = lastLine(all);
  return said ? `Its last line was: ${said}` : '';
}

/** What a failed health check says; the engine sets -1 for one that it broke off. */
function healthWords({ container }: Circumstances): string {
  const failed = container.State.Health?.Log.findLast((check) => check.ExitCode !== 0);
  if (!failed) return 'The check that its image or its start command asks for does not succeed.';
  const said = failed.Output.trim().slice(0, quoted);
  if (failed.ExitCode === -1) return `The check gave no answer in its time. ${said}`.trim();
  if (failed.ExitCode === 126 || failed.ExitCode === 127) {
    return `The check itself cannot run: the image has no such program, or it may not be executed. It said: ${said}`;
  }
  return `The check ended with exit code ${failed.ExitCode}${said ? ` and said: ${said}` : ' and said nothing'}.`;
}

/** Ports that it listens on while nothing on this computer can reach them, because none is published. */
function closedPorts({ container }: Circumstances): string[] {
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
      const policy = `Its restart policy (${HostConfig.RestartPolicy?.Name || 'always'}) started it ${times}, and it ended with exit code ${State.ExitCode}.`;
      return {
        title: `${Name} starts and ends again and again`,
        explanation: `${policy} ${loopReason(all)}`.trim(),
        actions: [stop(Id, 'Stop the loop'), showLog(Id)],
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
    explain: ({ container: { Id, Name } }) => ({
      title: `${Name} has finished`,
      explanation:
        'It did its work and ended without an error after a moment. That is right for a one-shot tool; a program that waits for input ends too when nobody is there.',
      actions: [showLog(Id), start(Id)],
    }),
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
      const { Id, Name, State } = all.container;
      const said = lastLine(all);
      return {
        title: `${Name} ended with an error`,
        explanation: said
          ? `The program itself reported exit code ${State.ExitCode}. Its last line was: ${said}`
          : `The program itself reported exit code ${State.ExitCode}, and printed nothing.`,
        actions: [showLog(Id), start(Id)],
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
      const { Name, Config } = all.container;
      const ports = closedPorts(all);
      const list = ports.length === 1 ? `port ${ports[0]}` : `the ports ${ports.join(', ')}`;
      return {
        title: `${Name} works, but this computer has no door to it`,
        explanation: `It listens on ${list} inside, and none is published. Other containers on its network can reach it; a browser here cannot. Ports are published when a container is made.`,
        actions: [runAnew(Config.Image)],
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
