import { z } from 'zod';
import { instant, procedure } from './base';
import { knownVariable } from './run';

export const trust = z.enum(['official', 'verified', 'sponsored', 'yours', 'none']);

/** A place that can be searched, or at least asked for tags. */
export const discoverSource = z.object({
  /** `hub`, `quay`, or the host of a registry the user added. */
  id: z.string(),
  name: z.string(),
  /** Who receives the query. */
  host: z.string(),
  searchable: z.boolean(),
});
export type DiscoverSource = z.infer<typeof discoverSource>;

export const foundRepository = z.object({
  source: z.string(),
  /** Within its registry: `library/ubuntu`, `grafana/grafana`. */
  repository: z.string(),
  /** What `docker pull` takes, without a tag: `ubuntu`, `quay.io/org/app`, `localhost:5000/app`. */
  reference: z.string(),
  description: z.string(),
  publisher: z.string(),
  trust,
  pulls: z.number().nullable(),
  stars: z.number().nullable(),
  updatedAt: instant.nullable(),
  archived: z.boolean(),
  /** `amd64`, `arm64`, …; empty when the source does not tell. */
  architectures: z.array(z.string()),
});
export type FoundRepository = z.infer<typeof foundRepository>;

export const searchPage = z.object({
  results: z.array(foundRepository),
  /** Null when the source does not count. */
  total: z.number().nullable(),
  /** Opaque; hand it back for the next page. */
  next: z.string().nullable(),
});
export type SearchPage = z.infer<typeof searchPage>;

export const tagPlatform = z.object({
  os: z.string(),
  arch: z.string(),
  variant: z.string(),
  digest: z.string(),
  sizeBytes: z.number().nullable(),
});
export const foundTag = z.object({
  name: z.string(),
  /** Of the manifest or index that the tag names; tags with the same digest are one image. Null until asked (discover.tag). */
  digest: z.string().nullable(),
  /** Compressed, for this computer's platform: what a pull downloads at most. */
  downloadBytes: z.number().nullable(),
  platforms: z.array(tagPlatform),
  pushedAt: instant.nullable(),
});
export type FoundTag = z.infer<typeof foundTag>;

export const tagPage = z.object({
  tags: z.array(foundTag),
  total: z.number().nullable(),
  next: z.string().nullable(),
});
export type TagPage = z.infer<typeof tagPage>;

/** What a manifest and its config say of an image before it is pulled. */
export const remoteImage = z.object({
  layers: z.number(),
  downloadBytes: z.number(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  exposedPorts: z.array(z.string()),
  createdAt: instant.nullable(),
});
export type RemoteImage = z.infer<typeof remoteImage>;

export const catalogueEntry = z.object({
  /** What `docker pull` takes: `postgres`, `ghcr.io/org/app`. */
  reference: z.string(),
  /** A good tag to begin with. */
  tag: z.string(),
  name: z.string(),
  /** The heading under which Discover shows it. */
  category: z.string(),
  /** What it is for, in one sentence. */
  purpose: z.string(),
  ports: z.array(z.object({ port: z.number(), protocol: z.enum(['tcp', 'udp']), what: z.string() })),
  variables: z.array(knownVariable),
  /** Where its data lives inside the container, and what to call the volume. */
  data: z.array(z.object({ path: z.string(), volume: z.string() })),
  /** What the user will see when it runs. */
  whenItRuns: z.string(),
  /** Start it with a terminal, or it ends at once. */
  interactive: z.boolean(),
  command: z.array(z.string()).optional(),
});
export type CatalogueEntry = z.infer<typeof catalogueEntry>;

/** Docker Hub (`docker.io`), Quay (`quay.io`), or a registry that the user added. */
export const registry = z.object({
  /** `registry.example.com`, `localhost:5000` */
  host: z.string(),
  name: z.string(),
  /** Plain HTTP; allowed on loopback only. */
  insecure: z.boolean(),
  signedInAs: z.string().nullable(),
  /**
   * Where the credentials are: the name of a docker credential helper, `config.json` (readable, by docker login), or
   * `memory` until Gantry ends.
   */
  credentialStore: z.string().nullable(),
});
export type Registry = z.infer<typeof registry>;

/** How many more images may be pulled before Docker Hub asks to wait. */
export const pullsLeft = z.object({ limit: z.number(), remaining: z.number(), windowSeconds: z.number() });
export type PullsLeft = z.infer<typeof pullsLeft>;

const credentials = z.object({ username: z.string(), password: z.string() });

export const discoverContract = {
  sources: procedure.output(z.array(discoverSource)),
  catalogue: procedure.output(z.array(catalogueEntry)),
  /** One source at a time, so that a slow one holds up no other. Cancelled when the caller goes away. */
  search: procedure
    .input(
      z.object({
        source: z.string(),
        term: z.string().min(1).max(200),
        trust: trust.optional(),
        sort: z.enum(['best', 'pulls', 'updated']).optional(),
        next: z.string().optional(),
      }),
    )
    .output(searchPage),
  tags: procedure
    .input(
      z.object({
        source: z.string(),
        repository: z.string(),
        filter: z.string().optional(),
        next: z.string().optional(),
      }),
    )
    .output(tagPage),
  /** Digest, platforms and size of one tag, for sources whose tag list does not tell them. */
  tag: procedure
    .input(z.object({ source: z.string(), repository: z.string(), tag: z.string() }))
    .output(foundTag),
  /** Docker Hub counts this as a pull. */
  remoteImage: procedure
    .input(z.object({ source: z.string(), repository: z.string(), tag: z.string() }))
    .output(remoteImage),
  /** Of this computer's address, or of the one who is signed in; null where pulls are not counted. */
  pullsLeft: procedure.input(z.object({ source: z.string() })).output(pullsLeft.nullable()),
  /** Long description in plain text (Markdown source), where the source has one. */
  about: procedure
    .input(z.object({ source: z.string(), repository: z.string() }))
    .output(z.object({ text: z.string() })),
  /** Docker Hub (`docker.io`), Quay, and those that the user added, with who is signed in. */
  registries: procedure.output(z.array(registry)),
  /** Asks the registry before it is kept, so that a wrong address or password is told at once. */
  addRegistry: procedure
    .input(z.object({ host: z.string(), name: z.string().optional(), credentials: credentials.optional() }))
    .output(registry),
  removeRegistry: procedure.input(z.object({ host: z.string() })).output(z.void()),
  signIn: procedure.input(z.object({ host: z.string(), credentials })).output(registry),
  signOut: procedure.input(z.object({ host: z.string() })).output(z.void()),
};
