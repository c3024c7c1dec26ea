import type { EngineEndpoint } from '#contract';
import type { Problem } from '#contract/problem';
import { chooseEngine, chooseOwnEngine, reconnect } from './catalogue/actions';
import type { Candidate } from './endpoints';

/** The event stream ended: with the engine, in most cases. */
export const engineLost: Problem = {
  code: 'engine-lost',
  title: 'The engine went away',
  explanation: 'It ended or is being restarted. Gantry connects again by itself as soon as it is back.',
  actions: [reconnect, chooseEngine],
};

/** Something was asked for while the connection is being made. */
export const notConnected: Problem = {
  code: 'engine-off',
  title: 'There is no connection to an engine yet',
  explanation: 'Gantry is looking for one. Try again when it is connected.',
  actions: [{ kind: 'retry', label: 'Try again' }, reconnect],
};

/** Something was ordered in an engine that is not shown any more. */
export function otherEngine({ label, host }: EngineEndpoint): Problem {
  return {
    code: 'other-engine',
    title: `That was meant for ${label}`,
    explanation: 'Another engine is shown by now, so it was not done. Show that one again, and repeat it.',
    actions: [
      { kind: 'call', label: `Show ${label}`, procedure: 'engine.select', input: { host } },
      { kind: 'retry', label: 'Try again' },
    ],
  };
}

const howToStart: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Start it with “sudo systemctl start docker”, or install Docker Engine or Podman.',
  darwin: 'Start Docker Desktop, Colima or Podman, or install one of them.',
  win32: 'Start Docker Desktop or Podman, or install one of them.',
};

/** What to tell when no candidate answered: the most telling failure, or that there is no engine at all. */
export function noEngine(
  failures: { candidate: Candidate; problem: Problem }[],
  notice: string | null,
  platform: NodeJS.Platform,
): Problem {
  const [only] = failures;
  // The VM's own words say what to do; nothing else was to be tried.
  if (only?.candidate.source === 'Gantry VM' && failures.length === 1) return only.problem;
  const detail = [
    ...(notice ? [notice] : []),
    ...failures.map(({ candidate, problem }) => `${candidate.host}: ${problem.detail ?? problem.title}`),
  ].join('\n');
  if (only && only.candidate.source !== 'known socket' && failures.length === 1) {
    return fromOrder(only.candidate, only.problem);
  }
  // A socket that is there and refuses says more than those that are not there.
  const telling = failures.find(
    ({ candidate, problem }) => problem.code !== 'engine-off' && candidate.source !== 'Gantry VM',
  );
  if (telling) return { ...telling.problem, detail };
  const own = failures.find(({ candidate }) => candidate.source === 'Gantry VM');
  return {
    code: 'no-engine',
    title: 'No engine runs on this computer',
    explanation: `${howToStart[platform] ?? 'Start Docker or Podman.'} Gantry connects as soon as it runs. Or use the engine that Gantry brings along.`,
    actions: [...(own ? [chooseOwnEngine(own.candidate.host)] : []), reconnect, chooseEngine],
    detail,
  };
}

const where: Record<Candidate['source'], string> = {
  setting: 'Gantry’s settings name this engine',
  DOCKER_HOST: 'The variable DOCKER_HOST names this engine',
  'docker context': 'The docker context names this engine',
  'known socket': 'It was found here before',
  'Gantry VM': 'It is Gantry’s own',
};

/** The user said which engine to use, so Gantry does not take another one, and says so. */
const fromOrder = ({ source }: Candidate, problem: Problem): Problem => ({
  ...problem,
  explanation: `${problem.explanation} ${where[source]}, so no other one was tried.`,
});
