import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** What the docker CLI calls Gantry's VM: `docker --context gantry ps`. */
export const contextName = 'gantry';

const written = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/** The CLI's store names each context's folder by the digest of its name. */
const folderOf = (config: string) =>
  join(config, 'contexts', 'meta', createHash('sha256').update(contextName).digest('hex'));

const configFolder = (env: NodeJS.ProcessEnv) => env.DOCKER_CONFIG || join(homedir(), '.docker');

async function hostWritten(folder: string): Promise<string | null> {
  try {
    return written.parse(JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8'))).Endpoints.docker.Host;
  } catch {
    return null;
  }
}

/** Lets the docker CLI find the VM's engine by the context `gantry`. The user's current context stays. */
export async function writeDockerContext(host: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const folder = folderOf(configFolder(env));
  if ((await hostWritten(folder)) === host) return;
  await mkdir(folder, { recursive: true });
  const meta = {
    Name: contextName,
    Metadata: { Description: "The engine in Gantry's virtual machine" },
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
  };
  const temporary = join(folder, `meta.json.${process.pid}.new`);
  await writeFile(temporary, `${JSON.stringify(meta)}\n`, { mode: 0o644 });
  await rename(temporary, join(folder, 'meta.json'));
}
