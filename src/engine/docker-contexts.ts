import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Folder with `ca.pem`, `cert.pem` and `key.pem` (each may be missing), and whether the server's name is checked. */
export interface TlsMaterial {
  folder: string;
  verify: boolean;
}

/** An endpoint that the docker CLI knows by name. */
export interface DockerContext {
  name: string;
  host: string;
  tls: TlsMaterial | null;
}

const configFile = z.object({ currentContext: z.string().optional() });
const metaFile = z.object({
  Name: z.string(),
  Endpoints: z.object({
    docker: z.object({ Host: z.string(), SkipTLSVerify: z.boolean().optional() }).optional(),
  }),
});

async function readJson<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    // No such file is the usual case: the docker CLI is not set up here.
    return null;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} is not what the docker CLI writes`, { cause: error });
  }
}

/** Where the docker CLI keeps its configuration. */
export const dockerConfigFolder = (env: NodeJS.ProcessEnv, home: string): string =>
  env.DOCKER_CONFIG || join(home, '.docker');

/**
 * The docker CLI's current context; null when it is the built-in one, `default`.
 * `DOCKER_CONTEXT` goes before the configuration file, as in the CLI.
 * @throws Error when the context is named, but its files are missing or broken.
 */
export async function currentContext(env: NodeJS.ProcessEnv, home: string): Promise<DockerContext | null> {
  const folder = dockerConfigFolder(env, home);
  const config = await readJson(join(folder, 'config.json'), configFile);
  const name = env.DOCKER_CONTEXT || config?.currentContext;
  if (!name || name === 'default') return null;
  // The CLI's store names each context's folder by the digest of its name.
  const digest = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(join(folder, 'contexts', 'meta', digest, 'meta.json'), metaFile);
  const docker = meta?.Endpoints.docker;
  if (!docker) throw new Error(`The docker context "${name}" is not in ${folder}`);
  const tls = docker.Host.startsWith('tcp:')
    ? { folder: join(folder, 'contexts', 'tls', digest, 'docker'), verify: !docker.SkipTLSVerify }
    : null;
  return { name, host: docker.Host, tls };
}

/** Name of a context in the docker CLI's store that leads to this host; null when there is none. */
export async function contextOf(host: string, env: NodeJS.ProcessEnv, home: string): Promise<string | null> {
  const store = join(dockerConfigFolder(env, home), 'contexts', 'meta');
  for (const digest of await readdir(store).catch(() => [])) {
    // A broken context leads nowhere.
    const meta = await readJson(join(store, digest, 'meta.json'), metaFile).catch(() => null);
    if (meta?.Endpoints.docker?.Host === host) return meta.Name;
  }
  return null;
}
