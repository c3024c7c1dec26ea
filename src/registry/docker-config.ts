import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Credentials } from './credentials';

const shape = z.object({
  auths: z
    .record(
      z.string(),
      z.object({
        auth: z.string().optional(),
        username: z.string().optional(),
        password: z.string().optional(),
      }),
    )
    .optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
});
export type DockerConfig = z.infer<typeof shape>;

/** Under this name the docker CLI keeps the sign-in for Docker Hub. */
export const hubServer = 'https://index.docker.io/v1/';

/** The name under which the docker CLI keeps a registry's sign-in. */
export const serverName = (host: string) => (host === 'docker.io' ? hubServer : host);

/** The docker CLI's settings, read each time since the CLI changes them; empty when there are none or they are broken. */
export async function readDockerConfig(env: NodeJS.ProcessEnv): Promise<DockerConfig> {
  const folder = env.DOCKER_CONFIG || join(homedir(), '.docker');
  try {
    return shape.parse(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')));
  } catch {
    // The CLI ignores a missing file, and warns about a broken one itself: sign-ins are then not shared.
    return {};
  }
}

const bareHost = (server: string) => server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');

/** The sign-in that `docker login` wrote in readable form when it had no credential helper. */
export function plainCredentials({ auths }: DockerConfig, host: string): Credentials | null {
  const wanted = serverName(host);
  const entry =
    auths?.[wanted] ??
    Object.entries(auths ?? {}).find(([server]) => bareHost(server) === bareHost(wanted))?.[1];
  if (!entry) return null;
  if (entry.username && entry.password) return { username: entry.username, password: entry.password };
  const text = Buffer.from(entry.auth ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0) return null;
  // The CLI pads with NUL: https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}
