import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { dockerConfigFolder } from '#engine/docker-contexts';
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

const metaFile = z.object({
  Name: z.string(),
  Endpoints: z.object({ docker: z.object({ Host: z.string() }).optional() }),
});

/** Where the built-in context `default` leads while no variable says otherwise. */
export const builtIn = (platform: NodeJS.Platform) =>
  platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

/** Name of a context of the docker command that leads to this host; null when there is none. */
export async function contextFor(
  host: string,
  { env, home, platform }: { env: NodeJS.ProcessEnv; home: string; platform: NodeJS.Platform },
): Promise<string | null> {
  if (host === builtIn(platform)) return 'default';
  const folder = join(dockerConfigFolder(env, home), 'contexts', 'meta');
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const text = await readFile(join(folder, name, 'meta.json'), 'utf8').catch(() => '');
    const meta = metaFile.safeParse(parseJson(text)).data;
    if (meta?.Endpoints.docker?.Host === host) return meta.Name;
  }
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A broken context is none.
    return null;
  }
}

/** Makes a context the docker command's current one. @throws ProblemError */
export async function leadTo(name: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void> {
  const program = await findProgram('docker', env);
  if (!program) {
    throw new ProblemError({
      code: 'no-docker-command',
      title: 'The docker command is not installed',
      explanation:
        'Gantry does not need it. To use it in a terminal, install your system’s package docker-cli.',
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
