import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
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
