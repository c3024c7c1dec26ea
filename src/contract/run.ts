import { z } from 'zod';
import { procedure, taskHandle } from './base';
import { problemAction } from './problem';

export const restartPolicy = z.enum(['no', 'on-failure', 'unless-stopped', 'always']);

/** Everything that `docker run` is told about a new container. Absent means: as the image says. */
export const runSpec = z.object({
  image: z.string(),
  name: z.string().optional(),
  ports: z.array(
    z.object({
      containerPort: z.number().int().min(1).max(65535),
      /** Null lets the engine choose. */
      hostPort: z.number().int().min(1).max(65535).nullable(),
      protocol: z.enum(['tcp', 'udp', 'sctp']),
      /** `127.0.0.1` (this computer only) unless the user opens it to the network with `0.0.0.0`. */
      hostIp: z.string(),
    }),
  ),
  env: z.array(z.object({ name: z.string(), value: z.string(), secret: z.boolean().optional() })),
  mounts: z.array(
    z.object({
      type: z.enum(['volume', 'bind', 'tmpfs']),
      /** Name of the volume (empty: an anonymous one) or absolute path of the folder; empty for tmpfs. */
      source: z.string(),
      target: z.string(),
      readOnly: z.boolean(),
    }),
  ),
  restart: restartPolicy,
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  user: z.string().optional(),
  workdir: z.string().optional(),
  network: z.string().optional(),
  hostname: z.string().optional(),
  labels: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Cores; 0.5 is half of one. */
  cpus: z.number().positive().optional(),
  memoryBytes: z.number().int().positive().optional(),
  health: z
    .object({
      command: z.string(),
      intervalSeconds: z.number().positive(),
      timeoutSeconds: z.number().positive(),
      retries: z.number().int().positive(),
      startPeriodSeconds: z.number().min(0),
    })
    .optional(),
  /** `linux/arm64` */
  platform: z.string().optional(),
  privileged: z.boolean(),
  capAdd: z.array(z.string()),
  capDrop: z.array(z.string()),
  tty: z.boolean(),
  autoRemove: z.boolean(),
});
export type RunSpec = z.infer<typeof runSpec>;

/** Something that keeps a container from being made, or that the user should know before it is. */
export const runFinding = z.object({
  level: z.enum(['problem', 'warning']),
  /** Field of RunSpec: `name`, `ports.0`, `env.2`, `mounts.1`, `privileged`, … */
  field: z.string(),
  message: z.string(),
  actions: z.array(problemAction),
});
export type RunFinding = z.infer<typeof runFinding>;

/** A variable that the catalogue knows for this image. */
export const knownVariable = z.object({
  name: z.string(),
  /** What the field is called: "Password". */
  label: z.string(),
  /** It will not start without it. */
  needed: z.boolean(),
  secret: z.boolean(),
  help: z.string(),
  default: z.string().optional(),
});
export type KnownVariable = z.infer<typeof knownVariable>;

export const runProposal = z.object({
  spec: runSpec,
  /** Whether the image is on this computer, so that its own ports, volumes and variables are known. */
  local: z.boolean(),
  sizeBytes: z.number().nullable(),
  /** Where each part of the proposal comes from, by field (`ports`, `mounts`, `env`): "from the image". */
  sources: z.record(z.string(), z.enum(['image', 'catalogue'])),
  variables: z.array(knownVariable),
  /** What the user will see when it runs, from the catalogue. */
  whenItRuns: z.string().nullable(),
  /** Variables that the image itself sets. */
  imageEnv: z.array(z.object({ name: z.string(), value: z.string() })),
});
export type RunProposal = z.infer<typeof runProposal>;

export const runContract = {
  /** Sensible values for a first run of this image: a free name, free host ports, a volume for its data. */
  propose: procedure.input(z.object({ image: z.string() })).output(runProposal),
  /**
   * Reads a `docker run …` line. `ignored` has the parts that Gantry has no field for (`--gpus all`), `notes`
   * sentences about parts that a shell would read otherwise. Fails with `not-a-run-line`.
   */
  parse: procedure
    .input(z.object({ line: z.string().max(100_000) }))
    .output(z.object({ spec: runSpec, ignored: z.array(z.string()), notes: z.array(z.string()) })),
  /** What would go wrong, before anything is made. */
  check: procedure.input(runSpec).output(z.array(runFinding)),
  /**
   * Pulls the image when it is missing, creates and starts the container. If the start fails the container
   * is removed again, with the volumes made for it. The task's result names the container.
   */
  start: procedure.input(runSpec).output(taskHandle),
  /** Creates missing host folders that a bind mount needs. */
  createFolder: procedure.input(z.object({ path: z.string() })).output(z.void()),
};
