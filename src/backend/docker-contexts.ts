import { homedir } from 'node:os';
import { currentContext } from '#engine/docker-contexts';
import { contextFor, leadTo } from './diagnostics/docker-command';

/** What the docker command in a terminal uses, for the command line. */
export interface DockerContexts {
  current: string;
  /** The context that leads to the given engine; null when there is none. */
  ours: string | null;
  /** @throws ProblemError */
  use(name: string): Promise<void>;
}

/** @param host of the engine that Gantry uses; null when there is none */
export async function dockerContexts(host: string | null): Promise<DockerContexts> {
  const { env, platform } = process;
  const home = homedir();
  return {
    current: (await currentContext(env, home))?.name ?? 'default',
    ours: host === null ? null : await contextFor(host, { env, home, platform }),
    use: (name) => leadTo(name, env),
  };
}
