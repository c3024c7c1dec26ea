import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Where distributions and Docker's own packages put the docker CLI's plugins. */
const FOLDERS = ['/usr/libexec', '/usr/local/libexec', '/usr/lib', '/usr/local/lib'].map(
  (folder) => `${folder}/docker/cli-plugins`,
);

/**
 * Makes a plugin that this computer has known to a CLI which reads its configuration in this folder.
 * GANTRY_TEST_CLI_PLUGINS names a folder that is looked into first.
 */
export async function addCliPlugin(
  configFolder: string,
  name: 'docker-compose' | 'docker-buildx',
): Promise<'there' | { missing: string }> {
  const named = process.env.GANTRY_TEST_CLI_PLUGINS;
  const path = (named ? [named, ...FOLDERS] : FOLDERS)
    .map((folder) => join(folder, name))
    .find((candidate) => existsSync(candidate));
  if (!path) return { missing: `no ${name} here (GANTRY_TEST_CLI_PLUGINS can name a folder that has it)` };
  await mkdir(join(configFolder, 'cli-plugins'), { recursive: true });
  await symlink(path, join(configFolder, 'cli-plugins', name));
  return 'there';
}
