import type Dockerode from 'dockerode';
import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { ask } from './ask';
import { toProblem } from './problems';
import { type Change, changed, type Whole, wholeContainer } from './replace-change';
import type { BlockedPort } from './run/blocked-port';
import { postForId } from './run/create';
import { freeName } from './run/names';

/** Bound on each step; none of them downloads anything. */
const LIMIT_MS = 60_000;
/** One that the engine has started again and again runs no longer than this in between. */
const LOOP_MS = 10_000;

const read = (docker: Dockerode, id: string): Promise<Whole> =>
  ask(docker, { path: `/containers/${id}/json`, answer: wholeContainer, signal: timeLimit(LIMIT_MS) });

const imageId = z.object({ Id: z.string() });

/** The image by its name, or by its id where the name means another one by now. */
async function imageOf(docker: Dockerode, { Config, Image }: Whole): Promise<string> {
  const path = `/images/${Config.Image.split('/').map(encodeURIComponent).join('/')}/json`;
  const named = await ask(docker, { path, answer: imageId, signal: timeLimit(LIMIT_MS) }).catch(() => null);
  return named?.Id === Image ? Config.Image : Image;
}

/** Volumes that the engine made for it because the image wants them: they are in no list of what was asked for. */
function unasked({ Mounts, HostConfig }: Whole): string[] {
  const asked = new Set([
    ...HostConfig.Mounts.map(({ Target }) => Target),
    ...HostConfig.Binds.map((bind) => bind.split(':').at(1)),
  ]);
  return Mounts.filter(({ Type, Destination }) => Type === 'volume' && !asked.has(Destination)).flatMap(
    ({ Name, Destination, RW }) => (Name ? [`${Name}:${Destination}${RW ? '' : ':ro'}`] : []),
  );
}

/** Its networks with what it asked of each, without what the engine gave it. */
function networksOf({ Id, HostConfig, NetworkSettings }: Whole) {
  const shared = HostConfig.NetworkMode === 'host' || HostConfig.NetworkMode.startsWith('container:');
  if (shared) return [];
  return Object.entries(NetworkSettings.Networks ?? {}).map(([name, { Aliases, ...asked }]) => ({
    name,
    // The engine adds the short id as an alias by itself.
    config: { ...asked, Aliases: Aliases.filter((alias) => !Id.startsWith(alias)) },
  }));
}

/** @returns the new container's id; it is in all networks of the old one, and not started */
async function makeAnother(docker: Dockerode, old: Whole, change: Change): Promise<string> {
  const { config, host } = changed(old, change);
  const [first, ...others] = networksOf(old);
  const body = {
    ...config,
    Image: await imageOf(docker, old),
    // Without one of its own a container is called by its id.
    Hostname: old.Id.startsWith(config.Hostname) ? undefined : config.Hostname,
    HostConfig: { ...host, Binds: [...host.Binds, ...unasked(old)] },
    NetworkingConfig: first ? { EndpointsConfig: { [first.name]: first.config } } : undefined,
  };
  const id = await postForId(docker, { name: old.Name }, body, timeLimit(LIMIT_MS));
  try {
    // Engines before 25 (API 1.44) take one network only when a container is made.
    for (const { name, config: EndpointConfig } of others) {
      await docker.getNetwork(name).connect({ Container: id, EndpointConfig });
    }
  } catch (error) {
    // Nobody else knows of it yet, and it has the name of the old one.
    await docker.getContainer(id).remove({ force: true, abortSignal: timeLimit(LIMIT_MS) });
    throw error;
  }
  return id;
}

export interface ReplaceAround {
  /** Names of all containers. */
  names: ReadonlySet<string>;
  /** What is known of the port that a failed start complains about. */
  blockedPort: (error: unknown) => Promise<BlockedPort>;
}

export interface Exchange {
  id: string;
  name: string;
  old: { id: string; name: string; everRan: boolean };
}

/** Whether it is in a restart loop, be it between two starts or just after one. */
function loops({ RestartCount, State }: Whole): boolean {
  return State.Restarting || (RestartCount > 0 && Date.now() - Date.parse(State.StartedAt) < LOOP_MS);
}

/** Makes all as it was before. */
async function takeBack(docker: Dockerode, made: string | null, old: Whole): Promise<void> {
  const abortSignal = timeLimit(LIMIT_MS);
  if (made !== null) await docker.getContainer(made).remove({ force: true, abortSignal });
  try {
    await docker.getContainer(old.Id).rename({ name: old.Name, abortSignal });
  } finally {
    // It was stopped for this, and whatever its name is now, it runs again.
    if (old.State.Running) await docker.getContainer(old.Id).start({ abortSignal });
  }
}

/** Stops one that runs, where that is to be expected. */
async function end(docker: Dockerode, old: Whole, change: Change): Promise<void> {
  // A port is published when a container is made. One that removes itself would be gone with its end.
  const expected = !old.HostConfig.AutoRemove && (change.kind === 'publish' || loops(old));
  if (!expected) throw new ProblemError(stillRuns(old));
  try {
    await docker.getContainer(old.Id).stop({ abortSignal: timeLimit(LIMIT_MS) });
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: `stop ${old.Name}`, id: old.Id, name: old.Name }));
  }
}

/**
 * Puts a container that differs in one thing in the place of another, and starts it. The old one gets another name, and
 * its own again when this fails.
 * @throws ProblemError
 */
export async function replaceContainer(
  docker: Dockerode,
  { id, change }: { id: string; change: Change },
  { names, blockedPort }: ReplaceAround,
): Promise<Exchange> {
  const old = await read(docker, id).catch((error: unknown) => {
    throw new ProblemError(toProblem(error, { doing: 'read the container', id }));
  });
  const oldName = freeName(`${old.Name}-old`, names);
  if (old.State.Running) await end(docker, old, change);
  let made: string | null = null;
  try {
    await docker.getContainer(old.Id).rename({ name: oldName, abortSignal: timeLimit(LIMIT_MS) });
    made = await makeAnother(docker, old, change);
    await docker.getContainer(made).start({ abortSignal: timeLimit(LIMIT_MS) });
    // The engine would start it beside the new one when it starts itself.
    if (old.State.Running) await docker.getContainer(old.Id).update({ RestartPolicy: { Name: 'no' } });
  } catch (error) {
    // Before it is taken back: who holds the port is known best now.
    const port = await blockedPort(error);
    const isBack = await takeBack(docker, made, old).then(
      () => true,
      () => false,
    );
    const context = { doing: `make ${old.Name} anew`, id: old.Id, name: old.Name, image: old.Config.Image };
    const problem = toProblem(error, { ...context, ...port });
    // What went wrong first is what the user can do something about.
    const where = isBack ? '' : ` The container as it was may now be called ${oldName}.`;
    throw new ProblemError({ ...problem, explanation: `${problem.explanation}${where}` });
  }
  // The engine's word for never is the year 1.
  const everRan = !old.State.StartedAt.startsWith('0001');
  return { id: made, name: old.Name, old: { id: old.Id, name: oldName, everRan } };
}

const stillRuns = ({ Id, Name }: Whole) => ({
  code: 'still-running',
  title: `${Name} runs`,
  explanation:
    'Only a container that does not run can be made anew. It may have been started in the meantime.',
  actions: [{ kind: 'open' as const, label: `Show ${Name}`, page: 'containers' as const, target: Id }],
});
