import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { Replacement } from '#contract';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { ask } from './ask';
import type { ProblemContext } from './catalogue/entry';
import { toProblem } from './problems';
import { postForId } from './run/create';
import { freeName } from './run/names';

/** Bound on each step; none of them downloads anything. */
const LIMIT_MS = 60_000;

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const given = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);
const endpoint = z.object({
  IPAMConfig: given(z.record(z.string(), z.string())),
  Links: given(z.array(z.string())),
  DriverOpts: given(z.record(z.string(), z.string())),
  Aliases: texts,
});
const binding = z.looseObject({ HostPort: z.string() });

/** A container as the engine describes it; what is not looked at is handed on as it is. */
const wholeContainer = z.object({
  Id: z.string(),
  Name: z.string().transform((name) => name.replace(/^\//, '')),
  Image: z.string(),
  State: z.object({ Running: z.boolean(), StartedAt: z.string() }),
  Config: z.looseObject({ Image: z.string(), Hostname: z.string().default('') }),
  HostConfig: z.looseObject({
    NetworkMode: z.string().default(''),
    PortBindings: z.record(z.string(), z.array(binding).nullable()).nullish(),
    Binds: texts,
    Mounts: z
      .array(z.looseObject({ Target: z.string() }))
      .nullish()
      .transform((list) => list ?? []),
    DeviceRequests: z
      .array(z.looseObject({ Capabilities: z.array(z.array(z.string())).nullish() }))
      .nullish(),
  }),
  Mounts: z.array(
    z.object({ Type: z.string(), Name: z.string().optional(), Destination: z.string(), RW: z.boolean() }),
  ),
  NetworkSettings: z.object({ Networks: z.record(z.string(), endpoint).nullish() }),
});
type Whole = z.infer<typeof wholeContainer>;

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

function moved(bindings: Whole['HostConfig']['PortBindings'], from: number, to: number) {
  const entries = Object.entries(bindings ?? {}).map(([port, list]) => [
    port,
    list?.map((each) => (each.HostPort === String(from) ? { ...each, HostPort: String(to) } : each)),
  ]);
  return Object.fromEntries(entries);
}

const isGpu = ({ Capabilities }: { Capabilities?: string[][] | null | undefined }) =>
  Capabilities?.some((all) => all.includes('gpu')) ?? false;

function changed({ Config, HostConfig }: Whole, change: Replacement) {
  switch (change.kind) {
    case 'port':
      return {
        config: Config,
        host: { ...HostConfig, PortBindings: moved(HostConfig.PortBindings, change.from, change.to) },
      };
    case 'own-command':
      return { config: { ...Config, Cmd: undefined, Entrypoint: undefined }, host: HostConfig };
    case 'own-user':
      return { config: { ...Config, User: undefined }, host: HostConfig };
    case 'no-gpu': {
      const others = HostConfig.DeviceRequests?.filter((request) => !isGpu(request));
      return { config: Config, host: { ...HostConfig, DeviceRequests: others } };
    }
  }
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
async function makeAnother(docker: Dockerode, old: Whole, change: Replacement): Promise<string> {
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
  // Engines before 25 (API 1.44) take one network only when a container is made.
  for (const { name, config: EndpointConfig } of others) {
    await docker.getNetwork(name).connect({ Container: id, EndpointConfig });
  }
  return id;
}

export interface ReplaceAround {
  /** Names of all containers. */
  names: ReadonlySet<string>;
  /** What is known of the port that a failed start complains about. */
  blockedPort: (error: unknown) => Promise<Pick<ProblemContext, 'holder' | 'freePort'>>;
}

export interface Exchange {
  id: string;
  name: string;
  old: { id: string; name: string; everRan: boolean };
}

/** Makes all as it was before. */
async function takeBack(docker: Dockerode, made: string | null, old: Whole): Promise<void> {
  const abortSignal = timeLimit(LIMIT_MS);
  if (made !== null) await docker.getContainer(made).remove({ force: true, abortSignal });
  await docker.getContainer(old.Id).rename({ name: old.Name, abortSignal });
}

/**
 * Puts a container that differs in one thing in the place of one that does not run, and starts it. The old one gets
 * another name, and its own again when this fails.
 * @throws ProblemError
 */
export async function replaceContainer(
  docker: Dockerode,
  input: { id: string; change: Replacement },
  { names, blockedPort }: ReplaceAround,
): Promise<Exchange> {
  const old = await read(docker, input.id).catch((error: unknown) => {
    throw new ProblemError(toProblem(error, { doing: 'read the container', id: input.id }));
  });
  const oldName = freeName(`${old.Name}-old`, names);
  if (old.State.Running) throw new ProblemError(stillRuns(old));
  let made: string | null = null;
  try {
    await docker.getContainer(old.Id).rename({ name: oldName, abortSignal: timeLimit(LIMIT_MS) });
    made = await makeAnother(docker, old, input.change);
    await docker.getContainer(made).start({ abortSignal: timeLimit(LIMIT_MS) });
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
