import type { ProblemAction } from '#contract';
import type { Problem } from '#contract/problem';
import type { ContainerInspect } from './container-inspect';
import { toProblem } from './problems';

/** What an explanation is made from. */
export interface Circumstances {
  container: ContainerInspect;
  /** What it printed last, oldest first, without escapes. */
  lastLines: string[];
  /** Of the engine, in image notation: `linux/amd64`. */
  enginePlatform?: string;
  /** Of the image, the same way. */
  imagePlatform?: string;
}

/** It ended so soon that nobody can have seen it run. */
const momentMs = 10_000;
const MB = 1024 * 1024;

const size = (bytes: number) =>
  bytes >= 1024 * MB ? `${+(bytes / MB / 1024).toFixed(1)} GB` : `${Math.round(bytes / MB)} MB`;

const showLog = (id: string): ProblemAction => ({
  kind: 'open',
  label: 'Show its log',
  page: 'containers',
  target: id,
  tab: 'logs',
});
const start = (id: string, label = 'Start again'): ProblemAction => ({
  kind: 'call',
  label,
  procedure: 'containers.start',
  input: { ids: [id] },
});
const showImage = (imageId: string): ProblemAction => ({
  kind: 'open',
  label: 'Run it anew from its image',
  page: 'images',
  target: imageId,
});

/** Log lines of well-known images that say which variable they miss. */
const missingVariables = [
  { pattern: /superuser password is not specified/, variable: 'POSTGRES_PASSWORD' },
  {
    pattern: /(?:You need to specify one of|password option is not specified)[\s\S]*MARIADB_ROOT_PASSWORD/,
    variable: 'MARIADB_ROOT_PASSWORD',
  },
  {
    pattern: /(?:You need to specify one of|password option is not specified)[\s\S]*MYSQL_ROOT_PASSWORD/,
    variable: 'MYSQL_ROOT_PASSWORD',
  },
  { pattern: /ACCEPT_EULA/, variable: 'ACCEPT_EULA' },
  {
    pattern:
      /(?:variable|env(?:ironment)?(?: variable)?) ["'`$]?([A-Z][A-Z0-9_]{2,})["'`]? (?:is|was|must be|has to be) (?:not set|required|missing|unset|set|undefined)/i,
    variable: null,
  },
];

function missingVariable(text: string): string | null {
  for (const { pattern, variable } of missingVariables) {
    const match = pattern.exec(text);
    if (match) return variable ?? match[1] ?? null;
  }
  return null;
}

function outOfMemory({ container }: Circumstances): Problem {
  const { Id, Name, HostConfig } = container;
  const limit = HostConfig.Memory;
  const raised = limit * 2;
  const raise: ProblemAction = {
    kind: 'call',
    label: `Raise to ${size(raised)} and start`,
    procedure: 'containers.setMemoryLimit',
    input: { id: Id, memoryBytes: raised, start: true },
  };
  return {
    code: 'out-of-memory',
    title: `${Name} ran out of memory`,
    explanation: limit
      ? `It wanted more than its limit of ${size(limit)}, so the kernel ended it (exit code ${container.State.ExitCode}).`
      : `The engine’s machine had no memory left, so its kernel ended it (exit code ${container.State.ExitCode}).`,
    actions: [...(limit ? [raise] : [start(Id)]), showLog(Id)],
  };
}

/** What the last lines of a failed container tell, when they tell something that is known. */
function fromItsLog(all: Circumstances): Problem | null {
  const { container, lastLines, enginePlatform } = all;
  const text = lastLines.join('\n');
  if (/exec format error/.test(text)) {
    return toProblem(text, { name: container.Config.Image, platform: enginePlatform });
  }
  const variable = missingVariable(text);
  if (!variable) return null;
  const secret = /PASSWORD|SECRET|TOKEN|KEY/.test(variable);
  return {
    code: 'variable-missing',
    title: secret ? `${container.Name} needs a password` : `${container.Name} needs the variable ${variable}`,
    explanation: `Its log says that it does not start without ${variable}.`,
    actions: [showImage(container.Image), showLog(container.Id)],
    detail: text,
  };
}

function crashed(all: Circumstances): Problem {
  const { container, enginePlatform, imagePlatform } = all;
  const emulated = enginePlatform && imagePlatform && enginePlatform !== imagePlatform;
  const tags: ProblemAction = {
    kind: 'open',
    label: 'Find a tag for this processor',
    page: 'discover',
    target: container.Config.Image,
  };
  return {
    code: 'crashed',
    title: `${container.Name} crashed`,
    explanation: emulated
      ? `It read or wrote memory that is not its own (exit code 139). It is built for ${imagePlatform} and emulated on ${enginePlatform}, which is often the reason.`
      : 'It read or wrote memory that is not its own (exit code 139). That is a fault of the program, or of a library it uses.',
    actions: [...(emulated ? [tags] : []), showLog(container.Id), start(container.Id)],
  };
}

function ended(all: Circumstances): Problem | null {
  const { container } = all;
  const { Id, Name, State } = container;
  const tookMs = Date.parse(State.FinishedAt) - Date.parse(State.StartedAt);
  if (State.OOMKilled) return outOfMemory(all);
  switch (State.ExitCode) {
    case 0:
      if (!(tookMs < momentMs)) return null;
      return {
        code: 'finished',
        title: `${Name} has finished`,
        explanation:
          'It did its work and ended without an error after a moment. That is right for a one-shot tool; a program that waits for input ends too when nobody is there.',
        actions: [showLog(Id), start(Id)],
      };
    case 137:
      return {
        code: 'force-stopped',
        title: `${Name} was force-stopped`,
        explanation:
          'It was killed (exit code 137): it did not end in the time that a stop gives, or somebody ended it at once.',
        actions: [start(Id), showLog(Id)],
      };
    case 139:
      return crashed(all);
    case 143:
      return {
        code: 'stopped',
        title: `${Name} was stopped`,
        explanation: 'It ended because it was asked to (exit code 143). Nothing is wrong.',
        actions: [start(Id, 'Start')],
      };
    default:
      return reportedError(all);
  }
}

function reportedError(all: Circumstances): Problem {
  const { container, lastLines } = all;
  const said = lastLines.at(-1);
  return (
    fromItsLog(all) ?? {
      code: 'app-error',
      title: `${container.Name} ended with an error`,
      explanation: said
        ? `The program itself reported exit code ${container.State.ExitCode}. Its last line was: ${said.slice(0, 200)}`
        : `The program itself reported exit code ${container.State.ExitCode}, and printed nothing.`,
      actions: [showLog(container.Id), start(container.Id)],
      ...(lastLines.length > 0 ? { detail: lastLines.join('\n') } : {}),
    }
  );
}

function restarting(all: Circumstances): Problem {
  const { Id, Name, RestartCount, HostConfig, State } = all.container;
  const reason = State.OOMKilled ? outOfMemory(all) : fromItsLog(all);
  const said = all.lastLines.at(-1);
  const times = RestartCount > 0 ? `${RestartCount} times so far` : 'again and again';
  return {
    code: 'crash-loop',
    title: `${Name} starts and ends again and again`,
    explanation: [
      `Its restart policy (${HostConfig.RestartPolicy?.Name || 'always'}) started it ${times}, and it ended with exit code ${State.ExitCode}.`,
      reason?.explanation ?? (said ? `Its last line was: ${said.slice(0, 200)}` : ''),
    ]
      .filter(Boolean)
      .join(' '),
    actions: [
      { kind: 'call', label: 'Stop the loop', procedure: 'containers.stop', input: { ids: [Id] } },
      showLog(Id),
    ],
    ...(all.lastLines.length > 0 ? { detail: all.lastLines.join('\n') } : {}),
  };
}

function unhealthy({ container }: Circumstances): Problem {
  const failed = container.State.Health?.Log.findLast((check) => check.ExitCode !== 0);
  return {
    code: 'unhealthy',
    title: `${container.Name} runs, but its health check fails`,
    explanation: failed
      ? `The check ended with exit code ${failed.ExitCode}${failed.Output.trim() ? ` and said: ${failed.Output.trim().slice(0, 200)}` : ' and said nothing'}.`
      : 'The check that its image or its start command asks for does not succeed.',
    actions: [
      showLog(container.Id),
      {
        kind: 'call',
        label: 'Restart',
        procedure: 'containers.restart',
        input: { ids: [container.Id] },
      },
    ],
    ...(failed?.Output ? { detail: failed.Output } : {}),
  };
}

/** A server that nothing on this computer can reach, because no port is published. */
function noDoor({ container }: Circumstances): Problem | null {
  const { Config, HostConfig, NetworkSettings } = container;
  const ports = Config.ExposedPorts.filter((port) => port.endsWith('/tcp')).map((port) => port.split('/')[0]);
  const published = Object.values(NetworkSettings.Ports).some((bindings) => bindings && bindings.length > 0);
  const inProject = 'com.docker.compose.project' in Config.Labels;
  if (ports.length === 0 || published || inProject || HostConfig.NetworkMode === 'host') return null;
  const list = ports.length === 1 ? `port ${ports[0]}` : `the ports ${ports.join(', ')}`;
  return {
    code: 'no-door',
    title: `${container.Name} works, but this computer has no door to it`,
    explanation: `It listens on ${list} inside, and none is published. Other containers on its network can reach it; a browser here cannot.`,
    actions: [showImage(container.Image)],
  };
}

/** Why a container failed, restarts, stopped or cannot be reached, with what to do; null when all is as it should be. */
export function why(all: Circumstances): Problem | null {
  const { container, enginePlatform } = all;
  const { Id, Name, State, Config } = container;
  const context = {
    doing: `start ${Name}`,
    id: Id,
    name: Config.Image,
    containerId: Id,
    platform: enginePlatform,
  };
  switch (State.Status) {
    case 'created':
    case 'exited': {
      if (State.Error) {
        const problem = toProblem(State.Error, context);
        return problem.actions.length > 0 ? problem : { ...problem, actions: [start(Id)] };
      }
      return State.Status === 'created' ? null : ended(all);
    }
    case 'restarting':
      return restarting(all);
    case 'running':
      return State.Health?.Status === 'unhealthy' ? unhealthy(all) : noDoor(all);
    case 'dead':
      return {
        code: 'half-deleted',
        title: `${Name} could not be deleted completely`,
        explanation:
          'The engine began to delete it and failed, often because something still uses its files.',
        actions: [{ kind: 'call', label: 'Delete it', procedure: 'containers.remove', input: { ids: [Id] } }],
      };
    default:
      return null;
  }
}
