import { createHash } from 'node:crypto';
import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from './atomic-file';
import { readRecord, writeRecord } from './records';

/** What the docker CLI calls Gantry's VM: `docker --context gantry ps`. */
export const contextName = 'gantry';

const written = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/** The CLI's store names each context's folder by the digest of its name. */
const folderOf = (config: string) =>
  join(config, 'contexts', 'meta', createHash('sha256').update(contextName).digest('hex'));

const configFolder = (env: NodeJS.ProcessEnv) => env.DOCKER_CONFIG || join(homedir(), '.docker');

/** Lets the docker CLI find the VM's engine by the context `gantry`. The user's current context stays. */
export async function writeDockerContext(host: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const folder = folderOf(configFolder(env));
  const known = await readRecord(join(folder, 'meta.json'), written);
  if (known?.Endpoints.docker.Host === host) return;
  await mkdir(folder, { recursive: true });
  const meta = {
    Name: contextName,
    Metadata: { Description: "The engine in Gantry's virtual machine" },
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
  };
  await writeRecord(join(folder, 'meta.json'), meta);
}

const current = z.looseObject({ currentContext: z.string().optional() });

/** Whether the context `gantry` leads to this host, and is the one that the docker CLI uses; null when it is not there. */
export async function readDockerContext(
  host: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ folder: string; isCurrent: boolean } | null> {
  const config = configFolder(env);
  const folder = folderOf(config);
  const known = await readRecord(join(folder, 'meta.json'), written);
  // Another Gantry, with another folder, may have written it.
  if (known?.Endpoints.docker.Host !== host) return null;
  const said = await readRecord(join(config, 'config.json'), current);
  return { folder, isCurrent: said?.currentContext === contextName };
}

/** Takes the context away if it leads to this host. The docker CLI goes back to its own, `default`, if it used it. */
export async function removeDockerContext(host: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const context = await readDockerContext(host, env);
  if (!context) return;
  if (context.isCurrent) {
    // It may be a link to a file among others of its kind.
    const path = await realpath(join(configFolder(env), 'config.json'));
    const { currentContext: _, ...rest } = current.parse(JSON.parse(await readFile(path, 'utf8')));
    // As the CLI itself writes it.
    await writeAtomically(path, JSON.stringify(rest, null, '\t'));
  }
  await rm(context.folder, { recursive: true });
}
