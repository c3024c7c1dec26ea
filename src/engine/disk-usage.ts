import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { DiskUsage } from '#contract';
import { ProblemError } from '#contract/problem';
import { ask } from './ask';
import { toProblem } from './problems';

const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

/** `GET /system/df` up to API 1.51; newer engines repeat the same lists inside of an object per kind. */
const answer = z.object({
  LayersSize: z.number().catch(0),
  Images: list(
    z.object({ Size: z.number(), SharedSize: z.number().catch(0), Containers: z.number().catch(0) }),
  ),
  Containers: list(z.object({ Id: z.string(), SizeRw: z.number().optional(), State: z.string().optional() })),
  Volumes: list(
    z.object({
      Name: z.string(),
      UsageData: z.object({ Size: z.number(), RefCount: z.number() }).nullish(),
    }),
  ),
  BuildCache: list(
    z.object({ Size: z.number(), InUse: z.boolean().catch(false), Shared: z.boolean().catch(false) }),
  ),
});

const sum = <T>(items: T[], bytes: (item: T) => number) =>
  items.reduce((total, item) => total + Math.max(0, bytes(item)), 0);

function summary(said: z.infer<typeof answer>): DiskUsage {
  const images = said.Images ?? [];
  const containers = said.Containers ?? [];
  const volumes = said.Volumes ?? [];
  const cache = (said.BuildCache ?? []).filter((record) => !record.Shared);
  const unused = images.filter((image) => image.Containers <= 0);
  const imageBytes = said.LayersSize || sum(images, (image) => image.Size);
  return {
    images: {
      count: images.length,
      bytes: imageBytes,
      // As `docker system df` counts it: layers that a used image shares stay.
      freeableBytes: Math.min(
        imageBytes,
        unused.length === images.length
          ? imageBytes
          : sum(unused, (image) => image.Size - Math.max(0, image.SharedSize)),
      ),
    },
    containers: {
      count: containers.length,
      bytes: sum(containers, (container) => container.SizeRw ?? 0),
      freeableBytes: sum(
        containers.filter(({ State }) => State !== 'running' && State !== 'paused' && State !== 'restarting'),
        (container) => container.SizeRw ?? 0,
      ),
    },
    volumes: {
      count: volumes.length,
      bytes: sum(volumes, (volume) => volume.UsageData?.Size ?? 0),
      freeableBytes: sum(
        volumes.filter((volume) => volume.UsageData?.RefCount === 0),
        (volume) => volume.UsageData?.Size ?? 0,
      ),
    },
    buildCache: {
      count: cache.length,
      bytes: sum(cache, (record) => record.Size),
      freeableBytes: sum(
        cache.filter((record) => !record.InUse),
        (record) => record.Size,
      ),
    },
    volumeBytes: Object.fromEntries(
      // The engine says -1 when the driver cannot tell.
      volumes.flatMap(({ Name, UsageData }) =>
        UsageData && UsageData.Size >= 0 ? [[Name, UsageData.Size]] : [],
      ),
    ),
    containerBytes: Object.fromEntries(containers.map(({ Id, SizeRw }) => [Id, SizeRw ?? 0])),
  };
}

const underWay = new WeakMap<Dockerode, Promise<DiskUsage>>();

/** What takes how much of the engine's disk. Calls made while one is under way share its answer. */
export function diskUsage(docker: Dockerode): Promise<DiskUsage> {
  const shared = underWay.get(docker);
  if (shared) return shared;
  // Not bound to one caller's signal: others may wait for the same answer.
  const asked = ask(docker, { path: '/system/df', answer, signal: new AbortController().signal })
    .then(summary)
    .catch((error: unknown) => {
      throw new ProblemError(
        toProblem(error, { doing: 'measure the disk', command: ['docker', 'system', 'df'] }),
      );
    })
    .finally(() => underWay.delete(docker));
  underWay.set(docker, asked);
  return asked;
}
