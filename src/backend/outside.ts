import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { readDockerContext, removeDockerContext } from '#vm/docker-context';
import { dockerHost, places } from '#vm/places';
import { autostartPath } from './autostart-file';

/** What Gantry has put outside its folder by itself or because the user switched it on, but for the tools' links. */
export interface Outside {
  /** The docker context `gantry`, and whether the docker command uses it now. */
  context: { folder: string; isCurrent: boolean } | null;
  /** The file that has Gantry started at login; Linux alone. */
  autostart: string | null;
}

export async function readOutside(dataFolder: string): Promise<Outside> {
  const autostart = autostartPath();
  return {
    context: await readDockerContext(dockerHost(places(dataFolder))),
    autostart: process.platform === 'linux' && existsSync(autostart) ? autostart : null,
  };
}

export async function removeOutside(dataFolder: string, { autostart }: Outside): Promise<void> {
  await removeDockerContext(dockerHost(places(dataFolder)));
  if (autostart !== null) await rm(autostart, { force: true });
}
