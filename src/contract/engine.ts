import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, procedure } from './base';
import { problem } from './problem';

/** Where an engine was found, in the order in which Gantry looks. */
export const endpointSource = z.enum([
  'setting',
  'DOCKER_HOST',
  'docker context',
  'known socket',
  'Gantry VM',
]);

export const engineEndpoint = z.object({
  /** Docker host notation: `unix:///var/run/docker.sock`, `tcp://…`, `npipe:////./pipe/docker_engine`, `ssh://…`. */
  host: z.string(),
  /** What the user calls it: "Docker", "Rootless Docker", "Podman", "Colima", a context's name. */
  label: z.string(),
  source: endpointSource,
});
export type EngineEndpoint = z.infer<typeof engineEndpoint>;

/** Facts of a connected engine, from `/version` and `/info`. */
export const engineFacts = z.object({
  version: z.string(),
  /** API version in use after negotiation. */
  apiVersion: z.string(),
  os: z.string(),
  /** In image notation: `amd64`, `arm64`. */
  arch: z.string(),
  cpus: z.number(),
  memoryBytes: z.number(),
  name: z.string(),
  rootless: z.boolean(),
});
export type EngineFacts = z.infer<typeof engineFacts>;

export const engineState = z.object({
  status: z.enum(['connecting', 'connected', 'reconnecting', 'off']),
  endpoint: engineEndpoint.nullable(),
  facts: engineFacts.nullable(),
  /** When this status began. */
  since: instant,
  /** Why the engine is not reachable; null while connected or connecting for the first time. */
  problem: problem.nullable(),
  /** When the next attempt begins; null when none is planned. */
  nextAttemptAt: instant.nullable(),
});
export type EngineState = z.infer<typeof engineState>;

/** An engine that stays connected while another one is shown. */
export const engineBeside = z.object({
  endpoint: engineEndpoint,
  version: z.string().nullable(),
  /** All of them, running or not. */
  containers: z.number(),
  running: z.number(),
});
export type EngineBeside = z.infer<typeof engineBeside>;

const diskShare = z.object({ count: z.number(), bytes: z.number(), freeableBytes: z.number() });
/** Answer of `/system/df`, which the engine computes by walking its disk: seconds on a large one. */
export const diskUsage = z.object({
  images: diskShare,
  containers: diskShare,
  volumes: diskShare,
  buildCache: diskShare,
  /** Bytes by volume name; absent where the driver cannot tell. */
  volumeBytes: z.record(z.string(), z.number()),
  /** Bytes of each container's own writable layer, by id. */
  containerBytes: z.record(z.string(), z.number()),
});
export type DiskUsage = z.infer<typeof diskUsage>;

const engineConfigFile = z.object({
  /** `/etc/docker/daemon.json`, maybe on another computer; null where the engine has none, as Podman. */
  path: z.string().nullable(),
  /** Null where it is not of this computer, or cannot be read. Users and passwords in addresses are taken out. */
  text: z.string().nullable(),
  /** Who may change it and how, and why there is no text. */
  about: z.string(),
});
export type EngineConfigFile = z.infer<typeof engineConfigFile>;

/** What an engine says about how it was set up; null or an empty list where it says nothing. */
export const engineConfiguration = z.object({
  /** The engine and what it is made of: containerd, runc. */
  parts: z.array(z.object({ name: z.string(), version: z.string() })),
  registryMirrors: z.array(z.string()),
  /** Names and ranges of addresses, without those of its own computer, which are always among them. */
  insecureRegistries: z.array(z.string()),
  storageDriver: z.string().nullable(),
  logDriver: z.string().nullable(),
  cgroupDriver: z.string().nullable(),
  /** `1` or `2` */
  cgroupVersion: z.string().nullable(),
  liveRestore: z.boolean().nullable(),
  /** Ranges from which networks get their addresses; `size` is the prefix of each network's own. */
  addressPools: z.array(z.object({ base: z.string(), size: z.number() })),
  defaultRuntime: z.string().nullable(),
  runtimes: z.array(z.string()),
  dataRoot: z.string().nullable(),
  /** Without users and passwords. */
  proxies: z.object({
    http: z.string().nullable(),
    https: z.string().nullable(),
    except: z.string().nullable(),
  }),
  experimental: z.boolean().nullable(),
  debug: z.boolean().nullable(),
  labels: z.array(z.string()),
  /** `seccomp: builtin`, `rootless` */
  security: z.array(z.string()),
  /** In the engine's own words. */
  warnings: z.array(z.string()),
  file: engineConfigFile,
});
export type EngineConfiguration = z.infer<typeof engineConfiguration>;

export const engineContract = {
  /** Engines found on this computer, reachable or not. */
  endpoints: procedure.output(z.array(engineEndpoint.extend({ reachable: z.boolean() }))),
  /**
   * The engine that is connected beside the shown one: Gantry's VM or, while that is shown, one that was there already
   * on this computer. Null while there is none. The present state first, then each change; at most three a second.
   */
  beside: procedure.output(eventIterator(engineBeside.nullable())),
  /** Shows the engine of this host from now on (kept as a setting); null goes back to looking for one. */
  select: procedure.input(z.object({ host: z.string().nullable() })).output(z.void()),
  /** Tries now instead of at the end of the back-off. */
  reconnect: procedure.output(z.void()),
  diskUsage: procedure.output(diskUsage),
  /** Asked of the engine, which cannot be changed by it. Fails with `engine-off` while there is no connection. */
  configuration: procedure.output(engineConfiguration),
};
