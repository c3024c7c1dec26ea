import type Dockerode from 'dockerode';
import type { RunSpec, TaskProgress } from '#contract';
import { commands, commandWords } from '#contract/commands';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { isMissing } from '../ask';
import type { Neighbour } from '../beside';
import type { ProblemContext } from '../catalogue/entry';
import { toProblem } from '../problems';
import type { Snapshot } from '../projection';
import { aboutPort } from './blocked-port';
import { createContainer } from './create';
import { type ImageFacts, imageFacts } from './image-facts';
import { freeName } from './names';
import { isLocalEngine } from './propose';

export interface StartOptions {
  signal: AbortSignal;
  onProgress: (progress: TaskProgress) => void;
  /** Downloads the image when it is missing; reports its own progress. */
  pull: (
    wanted: { reference: string; platform: string | undefined },
    options: { signal: AbortSignal; onProgress: (progress: TaskProgress) => void },
  ) => Promise<unknown>;
  /** The engine's objects, for the words and the fixes of a failure. */
  snapshot: () => Pick<Snapshot, 'containers' | 'engine'>;
  /** The engine beside this one, whose containers have ports of this computer as well. */
  neighbour: () => Neighbour | null;
}

/** Bound on cleaning up; the user who cancelled does not wait for an engine that does not answer. */
const CLEANUP_LIMIT_MS = 30_000;

function fits(facts: ImageFacts, platform: string | undefined): boolean {
  if (!platform) return true;
  const [os, arch, variant] = platform.split('/');
  return facts.Os === os && facts.Architecture === arch && (!variant || facts.Variant === variant);
}

/** Named volumes of this run that are not there yet, so that it is known which ones it made. */
async function missingVolumes(docker: Dockerode, spec: RunSpec, signal: AbortSignal): Promise<string[]> {
  const names = new Set(
    spec.mounts.flatMap(({ type, source }) => (type === 'volume' && source ? [source] : [])),
  );
  const missing: string[] = [];
  for (const name of names) {
    try {
      await docker.getVolume(name).inspect({ abortSignal: signal });
    } catch (error) {
      if (isMissing(error)) missing.push(name);
      else throw error;
    }
  }
  return missing;
}

/** Takes away what a failed run made. What is gone already, or in use by now, stays as it is. */
async function removeDebris(docker: Dockerode, id: string | null, volumes: string[]): Promise<void> {
  const abortSignal = timeLimit(CLEANUP_LIMIT_MS);
  if (id !== null) await ignoreGone(docker.getContainer(id).remove({ force: true, v: true, abortSignal }));
  for (const name of volumes) await ignoreGone(docker.getVolume(name).remove({ abortSignal }));
}

async function ignoreGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    if (status !== 404 && status !== 409) throw error;
  }
}

/** The field of the form that the engine's words are about. */
function fieldOf(spec: RunSpec, said: string): string {
  const port = spec.ports.findIndex(({ hostPort }) => hostPort !== null && said.includes(`:${hostPort}`));
  if (port >= 0 && /bind|listen|port|socket/i.test(said)) return `ports.${port}.hostPort`;
  const mount = spec.mounts.findIndex(({ source }) => source !== '' && said.includes(source));
  if (mount >= 0) return `mounts.${mount}`;
  const twice = spec.mounts.findLastIndex(
    ({ target }) => target !== '' && said.includes(`mount point: ${target}`),
  );
  if (twice >= 0) return `mounts.${twice}`;
  return 'command';
}

async function contextOf(spec: RunSpec, error: unknown, around: StartOptions): Promise<ProblemContext> {
  const snapshot = around.snapshot();
  const said = error instanceof Error ? error.message : String(error);
  const field = fieldOf(spec, said);
  const containers = [...snapshot.containers.values()];
  const port = spec.ports[Number(/^ports\.(\d+)/.exec(field)?.[1] ?? -1)];
  const reserved = new Set(spec.ports.flatMap(({ hostPort }) => hostPort ?? []));
  const search = { containers, reserved, local: isLocalEngine(snapshot), neighbour: around.neighbour() };
  const about = port?.hostPort ? await aboutPort({ ...port, hostPort: port.hostPort }, search) : {};
  const names = new Set(containers.map(({ name }) => name));
  if (spec.name) names.add(spec.name);
  const { facts } = snapshot.engine;
  return {
    doing: `run ${spec.name || spec.image}`,
    name: spec.image,
    field,
    command: commandWords(commands.run(spec)),
    ...(spec.name ? { freeName: freeName(spec.name, names) } : {}),
    ...about,
    ...(facts ? { platform: `${facts.os}/${facts.arch}` } : {}),
  };
}

async function pullMissing(docker: Dockerode, spec: RunSpec, options: StartOptions): Promise<void> {
  const { signal, onProgress } = options;
  const facts = await imageFacts(docker, spec.image, signal);
  if (facts && fits(facts, spec.platform)) return;
  onProgress({ kind: 'unknown', doing: `Downloading ${spec.image}` });
  await options.pull({ reference: spec.image, platform: spec.platform }, { signal, onProgress });
}

/** What was made so far, so that a failure can take it away. */
interface Made {
  id: string | null;
  volumes: string[];
}

async function createAndStart(
  docker: Dockerode,
  spec: RunSpec,
  { signal, onProgress }: StartOptions,
  made: Made,
): Promise<string> {
  const name = spec.name || spec.image;
  onProgress({ kind: 'steps', step: 1, of: 2, doing: `Creating ${name}` });
  const volumes = await missingVolumes(docker, spec, signal);
  made.volumes = volumes;
  // Not aborted half-way: the engine would go on, and nobody would know the id of what it makes.
  made.id = await createContainer(docker, spec, timeLimit(CLEANUP_LIMIT_MS));
  signal.throwIfAborted();
  onProgress({ kind: 'steps', step: 2, of: 2, doing: `Starting ${name}` });
  await docker.getContainer(made.id).start({ abortSignal: signal });
  signal.throwIfAborted();
  return made.id;
}

/**
 * Downloads the image when it is missing, creates the container and starts it. When one of it fails or is
 * cancelled, the container and the volumes made for it are removed again.
 * @returns the container's id
 * @throws ProblemError, with fixes that change the form
 */
export async function startRun(
  docker: Dockerode,
  spec: RunSpec,
  options: StartOptions,
): Promise<{ containerId: string }> {
  const made: Made = { id: null, volumes: [] };
  try {
    await pullMissing(docker, spec, options);
    return { containerId: await createAndStart(docker, spec, options, made) };
  } catch (error) {
    // Before the cleanup: who holds the port or the name is known best now.
    const context = await contextOf(spec, error, options);
    await removeDebris(docker, made.id, made.volumes);
    throw new ProblemError(toProblem(options.signal.aborted ? options.signal.reason : error, context));
  }
}
