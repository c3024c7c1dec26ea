import { client } from '../data/client';
import { waitForTask } from '../data/tasks';
import type { Lesson, World } from './lesson';

/** What a lesson has left on the engine, by name. */
export interface Leftovers {
  containers: { id: string; name: string }[];
  volumes: string[];
  networks: { id: string; name: string }[];
  tags: string[];
}

export function leftoversOf({ leaves }: Lesson, { containers, volumes, networks, images }: World): Leftovers {
  const named =
    (names: readonly string[] = []) =>
    (one: { name: string }) =>
      names.includes(one.name);
  return {
    containers: containers.filter(named(leaves.containers)),
    volumes: volumes.filter(named(leaves.volumes)).map(({ name }) => name),
    networks: networks.filter(named(leaves.networks)),
    tags: images.flatMap(({ tags }) => tags).filter((tag) => leaves.tags?.includes(tag)),
  };
}

export const namesOf = ({ containers, volumes, networks, tags }: Leftovers): string[] => [
  ...containers.map(({ name }) => name),
  ...volumes,
  ...networks.map(({ name }) => name),
  ...tags,
];

/** Removes it: containers first, as they hold the rest. Each can be undone for 8 seconds like any deletion. */
export async function removeLeftovers({ containers, volumes, networks, tags }: Leftovers): Promise<void> {
  for (const reference of tags) await client.images.untag({ reference });
  if (containers.length > 0) {
    const { taskId } = await client.containers.remove({ ids: containers.map(({ id }) => id) });
    // The engine refuses to delete what a container still has.
    if (volumes.length + networks.length > 0) await waitForTask(taskId);
  }
  if (volumes.length > 0) await client.volumes.remove({ names: volumes });
  if (networks.length > 0) await client.networks.remove({ ids: networks.map(({ id }) => id) });
}
