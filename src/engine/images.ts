import { createReadStream } from 'node:fs';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { ImageDetails, Outcome } from '#contract';
import { ProblemError } from '#contract/problem';
import { parseReference } from '#contract/reference';
import { historyEntry, layersOf } from './layers';
import { toProblem } from './problems';
import type { Snapshot } from './projection';

const list = z.array(z.string()).nullish();
const inspected = z.object({
  Id: z.string(),
  Os: z.string().catch(''),
  Architecture: z.string().catch(''),
  Variant: z.string().nullish(),
  Author: z.string().nullish(),
  Config: z
    .object({
      Entrypoint: list,
      Cmd: list,
      WorkingDir: z.string().nullish(),
      User: z.string().nullish(),
      Env: list,
      Labels: z.record(z.string(), z.string()).nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      Volumes: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
  RootFS: z.object({ Layers: list }).nullish(),
});

function pair(text: string): { name: string; value: string } {
  const at = text.indexOf('=');
  return at < 0 ? { name: text, value: '' } : { name: text.slice(0, at), value: text.slice(at + 1) };
}

const exposedPort = z
  .tuple([z.coerce.number().int().min(1).max(65535), z.enum(['tcp', 'udp', 'sctp'])])
  .transform(([port, protocol]) => ({ port, protocol }));

/** `80/tcp` as a number and a protocol; ranges and nonsense are left out. */
function exposedPorts(ports: Record<string, unknown>): ImageDetails['exposedPorts'] {
  return Object.keys(ports).flatMap((text) => {
    const [port, protocol = 'tcp'] = text.split('/');
    const parsed = exposedPort.safeParse([port, protocol]);
    return parsed.success ? [parsed.data] : [];
  });
}

/** What an image is made of and how it starts. @throws ProblemError */
export async function imageDetails(docker: Dockerode, id: string): Promise<ImageDetails> {
  try {
    const image = docker.getImage(id);
    const [said, history] = await Promise.all([image.inspect(), image.history()]);
    const found = inspected.parse(said);
    const config = found.Config;
    return {
      id: found.Id,
      os: found.Os,
      arch: [found.Architecture, found.Variant].filter(Boolean).join('/'),
      author: found.Author ?? '',
      entrypoint: config?.Entrypoint ?? [],
      command: config?.Cmd ?? [],
      workdir: config?.WorkingDir ?? '',
      user: config?.User ?? '',
      env: (config?.Env ?? []).map(pair),
      labels: config?.Labels ?? {},
      exposedPorts: exposedPorts(config?.ExposedPorts ?? {}),
      volumes: Object.keys(config?.Volumes ?? {}),
      layers: layersOf(z.array(historyEntry).parse(history), found.RootFS?.Layers ?? []),
    };
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'read the image', id }));
  }
}

export async function inspectImage(docker: Dockerode, id: string): Promise<unknown> {
  try {
    return await docker.getImage(id).inspect();
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'inspect the image', id }));
  }
}

/** Gives an image one more name. @throws ProblemError */
export async function tagImage(docker: Dockerode, id: string, reference: string): Promise<void> {
  const parsed = parseReference(reference);
  if (!parsed || parsed.digest) {
    throw new ProblemError({
      code: 'reference-invalid',
      title: `“${reference}” is not a name for an image`,
      explanation:
        'A name has lower-case letters, digits and . _ - / in it, and perhaps a tag after a colon: team/app:1.0.',
      actions: [],
    });
  }
  try {
    const colon = reference.lastIndexOf(':');
    const repo = colon > reference.lastIndexOf('/') ? reference.slice(0, colon) : reference;
    await docker.getImage(id).tag({ repo, tag: parsed.tag ?? 'latest' });
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: `name the image ${reference}`, id }));
  }
}

/** Takes one name away. The engine deletes the image with its last name unless a container uses it. */
export async function untagImage(docker: Dockerode, reference: string): Promise<void> {
  try {
    await docker.getImage(reference).remove({ noprune: true });
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: `remove the name ${reference}`, name: reference }));
  }
}

/**
 * Gives the engine the images of an archive, as `docker load` does.
 * @param path an archive as `docker save` makes it
 * @throws ProblemError
 */
export async function loadImages(docker: Dockerode, path: string): Promise<void> {
  try {
    const answer = await docker.loadImage(createReadStream(path), { quiet: true });
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(answer, (error) => (error ? reject(error) : resolve()));
    });
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'load the image' }));
  }
}

function inUse(name: string, holder: { id: string; name: string; running: boolean }): ProblemError {
  const state = holder.running ? 'running' : 'stopped';
  const said = `conflict: unable to delete ${name} (cannot be forced) - image is being used by ${state} container ${holder.id.slice(0, 12)}`;
  return new ProblemError(toProblem(Object.assign(new Error(said), { statusCode: 409 }), { name, holder }));
}

/** @throws ProblemError `image-in-use` when a container, running or not, was made from one of them */
export function assertImagesUnused(ids: string[], { containers, images }: Snapshot): void {
  for (const container of containers.values()) {
    if (!ids.includes(container.imageId)) continue;
    const name = images.get(container.imageId)?.tags[0] ?? container.image;
    throw inUse(name, { id: container.id, name: container.name, running: container.state === 'running' });
  }
}

const listedContainers = z.array(
  z.object({ Id: z.string(), ImageID: z.string(), Image: z.string(), Names: list, State: z.string() }),
);

/** The filter finds containers of images that were built on this one, too; those do not need it. */
async function assertNoContainer(docker: Dockerode, id: string): Promise<void> {
  const found = listedContainers.parse(
    await docker.listContainers({ all: true, filters: { ancestor: [id] } }),
  );
  const user = found.find(({ ImageID }) => ImageID === id);
  if (!user) return;
  const name = user.Names?.[0]?.replace(/^\//, '') ?? user.Id.slice(0, 12);
  throw inUse(user.Image, { id: user.Id, name, running: user.State === 'running' });
}

/** Deletes images with all their names, except those that containers need. Each succeeds or fails on its own. */
export async function removeImages(docker: Dockerode, ids: string[]): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  for (const id of ids) {
    try {
      await assertNoContainer(docker, id);
      // Forced, because an image with several names is refused otherwise. That would also take it from containers
      // that are stopped.
      await docker.getImage(id).remove({ force: true });
      outcome.done.push(id);
    } catch (error) {
      const problem = toProblem(error, { doing: 'delete the image', id });
      if (problem.code === 'image-missing') outcome.done.push(id);
      else outcome.failed.push({ id, name: id, problem });
    }
  }
  return outcome;
}
