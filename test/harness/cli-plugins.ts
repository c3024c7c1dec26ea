import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Where distributions and Docker's own packages put the docker CLI's plugins. */
const FOLDERS = ['/usr/libexec', '/usr/local/libexec', '/usr/lib', '/usr/local/lib'].map(
  (folder) => `${folder}/docker/cli-plugins`,
);

/**
 * Where this computer has a plugin of the docker CLI, such as `docker-compose`; undefined when it has none.
 * GANTRY_TEST_CLI_PLUGINS names a folder that is looked into first.
 */
export function findCliPlugin(name: string): string | undefined {
  const named = process.env.GANTRY_TEST_CLI_PLUGINS;
  return (named ? [named, ...FOLDERS] : FOLDERS)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Makes a plugin known to a CLI that reads its configuration in this folder. */
export async function addCliPlugin(configFolder: string, name: string, path: string): Promise<void> {
  await mkdir(join(configFolder, 'cli-plugins'), { recursive: true });
  await symlink(path, join(configFolder, 'cli-plugins', name));
}
