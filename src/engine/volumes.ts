import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { Outcome } from '#contract';
import { ProblemError } from '#contract/problem';
import { toProblem } from './problems';
import type { Snapshot } from './projection';

/** dockerode answers with a handle on the volume, whatever its types say. */
const created = z.object({ name: z.string() });

/** The engine answers to a name that is taken as if it had made the volume now. */
async function assertFree(docker: Dockerode, name: string): Promise<void> {
  const found = await docker.listVolumes();
  if (!found.Volumes?.some((volume) => volume.Name === name)) return;
  throw new ProblemError({
    code: 'volume-name-taken',
    title: `A volume called ${name} already exists`,
    explanation: 'Names are unique on one engine.',
    actions: [{ kind: 'open', label: 'Show it', page: 'volumes', target: name }],
  });
}

/** @throws ProblemError `volume-name-taken`, or what the engine has against the name */
export async function createVolume(
  docker: Dockerode,
  { name, driver, labels }: { name: string; driver?: string; labels?: Record<string, string> },
): Promise<{ name: string }> {
  try {
    if (name !== '') await assertFree(docker, name);
    const said = await docker.createVolume({
      Name: name,
      Driver: driver ?? 'local',
      Labels: labels ?? {},
    });
    return { name: created.parse(said).name };
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: `create the volume ${name}`, name }));
  }
}

/** @throws ProblemError `volume-in-use` when a container, running or not, uses one of them */
export function assertVolumesUnused(names: string[], { containers }: Snapshot): void {
  for (const container of containers.values()) {
    const used = container.mounts.find((mount) => mount.name !== undefined && names.includes(mount.name));
    if (!used?.name) continue;
    const said = `remove ${used.name}: volume is in use - [${container.id}]`;
    throw new ProblemError(
      toProblem(Object.assign(new Error(said), { statusCode: 409 }), {
        name: used.name,
        holder: { id: container.id, name: container.name },
      }),
    );
  }
}

/** Deletes volumes with their data. Each succeeds or fails on its own. */
export async function removeVolumes(docker: Dockerode, names: string[]): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  for (const name of names) {
    try {
      await docker.getVolume(name).remove();
      outcome.done.push(name);
    } catch (error) {
      const problem = toProblem(error, { doing: `delete the volume ${name}`, name });
      if (problem.code === 'volume-gone') outcome.done.push(name);
      else outcome.failed.push({ id: name, name, problem });
    }
  }
  return outcome;
}

export async function inspectVolume(docker: Dockerode, name: string): Promise<unknown> {
  try {
    return await docker.getVolume(name).inspect();
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: `inspect the volume ${name}`, name }));
  }
}
