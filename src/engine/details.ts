import { stripVTControlCharacters } from 'node:util';
import type Dockerode from 'dockerode';
import type { ContainerDetails } from '#contract';
import { ProblemError } from '#contract/problem';
import type { Circumstances } from './catalogue/entry';
import { closedPorts } from './catalogue/states';
import {
  type ContainerInspect,
  containerInspect,
  type ImageInspect,
  imageInspect,
} from './container-inspect';
import { newestLines } from './logs';
import { toProblem } from './problems';
import { why } from './why';

/** Lines that tell how it ended. */
const lastWords = 20;

const platformOf = ({ Os, Architecture, Variant }: ImageInspect) =>
  [Os, Architecture, Variant].filter(Boolean).join('/');

function split(pair: string): { name: string; value: string } {
  const at = pair.indexOf('=');
  return at < 0 ? { name: pair, value: '' } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

function cpuLimit({ NanoCpus, CpuQuota, CpuPeriod }: ContainerInspect['HostConfig']): number {
  if (NanoCpus > 0) return NanoCpus / 1e9;
  // The kernel's default period is 100 ms.
  return CpuQuota > 0 ? CpuQuota / (CpuPeriod || 100_000) : 0;
}

/** Null when the image is gone, which a container outlives. */
async function imageOf(docker: Dockerode, id: string): Promise<ImageInspect | null> {
  try {
    return imageInspect.parse(await docker.getImage(id).inspect());
  } catch (error) {
    if (toProblem(error).code === 'image-missing') return null;
    throw error;
  }
}

async function lastLinesOf(
  docker: Dockerode,
  { Id, State }: ContainerInspect,
  signal?: AbortSignal,
): Promise<string[]> {
  const silent = State.Status === 'created' || State.Status === 'running' || State.Status === 'paused';
  if (silent) return [];
  try {
    const lines = await newestLines(docker, { id: Id, count: lastWords }, signal);
    return lines.map((line) => stripVTControlCharacters(line.text).trimEnd()).filter(Boolean);
  } catch (error) {
    // A log that is kept elsewhere has no last words here; the Logs tab says so.
    if (error instanceof ProblemError && error.problem.code !== 'cancelled') return [];
    throw error;
  }
}

/**
 * What the details page shows.
 * @param input enginePlatform: in image notation, to tell emulation; inVm: whether the engine is Gantry's own; blockedPort:
 * what is known of the port that the engine speaks of; freePort: a free one of this computer for a port of a container
 */
export async function containerDetails(
  docker: Dockerode,
  input: {
    id: string;
    enginePlatform?: string;
    inVm?: boolean;
    blockedPort?: (said: string) => Promise<Circumstances['blockedPort']>;
    freePort?: (containerPort: number) => Promise<number | null>;
  },
  signal?: AbortSignal,
): Promise<ContainerDetails> {
  try {
    const found = containerInspect.parse(
      await docker.getContainer(input.id).inspect({ abortSignal: signal }),
    );
    const [image, lastLines] = await Promise.all([
      imageOf(docker, found.Image),
      lastLinesOf(docker, found, signal),
    ]);
    const blockedPort = found.State.Error ? await input.blockedPort?.(found.State.Error) : undefined;
    const [closed] = found.State.Status === 'running' ? closedPorts({ container: found }) : [];
    const freeDoor = closed ? await input.freePort?.(Number(closed)) : null;
    const imagePlatform = image ? platformOf(image) : undefined;
    const { Config, HostConfig, State } = found;
    const imageEnv = new Set(image?.Config?.Env);
    return {
      id: found.Id,
      env: Config.Env.map((pair) => ({ ...split(pair), fromImage: imageEnv.has(pair) })),
      labels: Config.Labels,
      entrypoint: Config.Entrypoint,
      command: Config.Cmd,
      workdir: Config.WorkingDir,
      user: Config.User,
      hostname: Config.Hostname,
      tty: Config.Tty,
      restartPolicy: HostConfig.RestartPolicy?.Name || 'no',
      memoryLimitBytes: HostConfig.Memory,
      cpuLimit: cpuLimit(HostConfig),
      privileged: HostConfig.Privileged,
      capAdd: HostConfig.CapAdd,
      platform: imagePlatform ?? found.Platform ?? '',
      logDriver: HostConfig.LogConfig?.Type ?? '',
      health: State.Health
        ? {
            test: Config.Healthcheck?.Test ?? [],
            log: State.Health.Log.map((check) => ({
              at: Date.parse(check.Start),
              exitCode: check.ExitCode,
              output: check.Output,
            })),
          }
        : null,
      exposedPorts: Config.ExposedPorts.map((port) => {
        const [number = '', protocol = 'tcp'] = port.split('/');
        return { port: Number(number), protocol };
      }),
      why: why({
        container: found,
        lastLines,
        enginePlatform: input.enginePlatform,
        imagePlatform,
        inVm: input.inVm,
        blockedPort,
        ...(freeDoor ? { freeDoor } : {}),
      }),
      lastLines,
    };
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'read the container’s details', id: input.id }));
  }
}

/** The engine's own answer. */
export async function inspectContainer(
  docker: Dockerode,
  id: string,
  signal?: AbortSignal,
): Promise<unknown> {
  try {
    return await docker.getContainer(id).inspect({ abortSignal: signal });
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'inspect the container', id }));
  }
}

/** Sets memory and swap together to the limit, as `docker update` does, and starts the container if asked to. */
export async function setMemoryLimit(
  docker: Dockerode,
  input: { id: string; memoryBytes: number; start: boolean },
): Promise<void> {
  const container = docker.getContainer(input.id);
  try {
    await container.update({ Memory: input.memoryBytes, MemorySwap: input.memoryBytes });
    if (input.start) await container.start();
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'change the memory limit', id: input.id }));
  }
}
