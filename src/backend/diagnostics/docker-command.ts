import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ProblemError } from '#contract/problem';
import { contextOf } from '#engine/docker-contexts';
import { findProgram } from '#vm/qemu/programs';

const run = promisify(execFile);
const answerMs = 10_000;

export interface DockerCommand {
  program: string;
  /** Null when it did not say it. */
  version: string | null;
}

/** The docker command on the path; null when it is not installed. */
export async function dockerCommand(
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<DockerCommand | null> {
  const program = await findProgram('docker', env);
  if (!program) return null;
  const said = await run(program, ['--version'], { env, signal, timeout: answerMs }).catch(() => null);
  return { program, version: /\d+\.\d+(?:\.\d+)?/.exec(said?.stdout ?? '')?.[0] ?? null };
}

/** Where the built-in context `default` leads while no variable says otherwise. */
export const builtIn = (platform: NodeJS.Platform) =>
  platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

/** Name of a context of the docker command that leads to this host; null when there is none. */
export async function contextFor(
  host: string,
  { env, home, platform }: { env: NodeJS.ProcessEnv; home: string; platform: NodeJS.Platform },
): Promise<string | null> {
  return host === builtIn(platform) ? 'default' : contextOf(host, env, home);
}

/** Makes a context the docker command's current one. @throws ProblemError */
export async function leadTo(name: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void> {
  const program = await findProgram('docker', env);
  if (!program) {
    throw new ProblemError({
      code: 'no-docker-command',
      title: 'The docker command is not installed',
      explanation:
        'Gantry does not need it. To use it in a terminal, install your system’s package docker-cli, or let Gantry put one there: `gantry tools install`.',
      actions: [],
    });
  }
  try {
    await run(program, ['context', 'use', name], { env, signal, timeout: answerMs });
  } catch (error) {
    throw new ProblemError({
      code: 'no-docker-context',
      title: `The docker command could not be led to “${name}”`,
      explanation: 'Its own words are below.',
      actions: [{ kind: 'retry', label: 'Try again' }],
      detail: error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error),
    });
  }
}
