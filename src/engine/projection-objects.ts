import { z } from 'zod';
import type { Image, Network, Volume } from '#contract';

const labels = z.record(z.string(), z.string()).nullish().catch(null);
const composeProject = (found: z.infer<typeof labels>) => found?.['com.docker.compose.project'] ?? null;

/** An entry of `GET /images/json`. */
export const listedImage = z
  .object({
    Id: z.string().min(1),
    RepoTags: z.array(z.string()).nullish(),
    RepoDigests: z.array(z.string()).nullish(),
    /** Seconds since 1970. */
    Created: z.number().catch(0),
    Size: z.number().catch(0),
  })
  .transform(
    (said): Image => ({
      id: said.Id,
      // Before Docker 29 a dangling image is called `<none>:<none>`.
      tags: (said.RepoTags ?? []).filter((tag) => !tag.startsWith('<none>')).sort(),
      digests: (said.RepoDigests ?? []).filter((digest) => !digest.startsWith('<none>')).sort(),
      createdAt: said.Created * 1000,
      sizeBytes: said.Size,
    }),
  );

/** An entry of `GET /volumes`, and `GET /volumes/{name}`. */
export const saidVolume = z
  .object({
    Name: z.string().min(1),
    Driver: z.string().catch('local'),
    Mountpoint: z.string().catch(''),
    CreatedAt: z.string().nullish(),
    Labels: labels,
  })
  .transform((said): Volume => {
    const created = Date.parse(said.CreatedAt ?? '');
    return {
      name: said.Name,
      driver: said.Driver,
      mountpoint: said.Mountpoint,
      createdAt: Number.isNaN(created) ? null : created,
      // Docker 23 and newer mark them with a label; before, the name of 64 hex digits is all there is.
      anonymous:
        said.Labels?.['com.docker.volume.anonymous'] !== undefined || /^[0-9a-f]{64}$/.test(said.Name),
      project: composeProject(said.Labels),
    };
  });

/** Made by the engine on Linux and Windows, and Podman's own. */
const predefined = new Set(['bridge', 'host', 'none', 'nat', 'podman']);

/** An entry of `GET /networks`, and `GET /networks/{id}`. */
export const saidNetwork = z
  .object({
    Id: z.string().min(1),
    Name: z.string(),
    Driver: z.string().catch(''),
    Scope: z.string().catch('local'),
    Internal: z.boolean().catch(false),
    Attachable: z.boolean().catch(false),
    EnableIPv6: z.boolean().catch(false),
    Created: z.string().catch(''),
    IPAM: z
      .object({
        Config: z
          .array(z.object({ Subnet: z.string().optional(), Gateway: z.string().optional() }))
          .nullish(),
      })
      .nullish(),
    Labels: labels,
  })
  .transform(
    (said): Network => ({
      id: said.Id,
      name: said.Name,
      driver: said.Driver,
      scope: said.Scope,
      internal: said.Internal,
      attachable: said.Attachable,
      ipv6: said.EnableIPv6,
      subnets: (said.IPAM?.Config ?? []).flatMap(({ Subnet, Gateway }) =>
        Subnet ? [{ subnet: Subnet, gateway: Gateway ?? '' }] : [],
      ),
      createdAt: Date.parse(said.Created) || 0,
      predefined: predefined.has(said.Name),
      project: composeProject(said.Labels),
    }),
  );
