import { z } from 'zod';

const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((map) => map ?? {});

/** The parts of a container's inspect that its details page and the explanation of its end need. */
export const containerInspect = z.object({
  Id: z.string(),
  Name: z.string().transform((name) => name.replace(/^\//, '')),
  Image: z.string(),
  RestartCount: z.number().default(0),
  Platform: z.string().optional(),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number(),
    OOMKilled: z.boolean().default(false),
    Error: z.string().default(''),
    StartedAt: z.string(),
    FinishedAt: z.string(),
    Health: z
      .object({
        Status: z.string(),
        Log: z
          .array(z.object({ Start: z.string(), ExitCode: z.number(), Output: z.string() }))
          .nullish()
          .transform((log) => log ?? []),
      })
      .nullish(),
  }),
  Config: z.object({
    Image: z.string(),
    Env: texts,
    Labels: labels,
    Entrypoint: texts,
    Cmd: texts,
    WorkingDir: z.string().default(''),
    User: z.string().default(''),
    Hostname: z.string().default(''),
    Tty: z.boolean().default(false),
    ExposedPorts: z
      .record(z.string(), z.unknown())
      .nullish()
      .transform((ports) => Object.keys(ports ?? {})),
    Healthcheck: z.object({ Test: texts }).nullish(),
  }),
  HostConfig: z.object({
    NetworkMode: z.string().default(''),
    AutoRemove: z.boolean().default(false),
    RestartPolicy: z.object({ Name: z.string() }).nullish(),
    Memory: z.number().default(0),
    NanoCpus: z.number().default(0),
    CpuQuota: z.number().default(0),
    CpuPeriod: z.number().default(0),
    Privileged: z.boolean().default(false),
    CapAdd: texts,
    LogConfig: z.object({ Type: z.string() }).nullish(),
  }),
  NetworkSettings: z.object({
    Ports: z
      .record(z.string(), z.array(z.unknown()).nullable())
      .nullish()
      .transform((ports) => ports ?? {}),
  }),
});
export type ContainerInspect = z.infer<typeof containerInspect>;

/** The parts of its image's inspect. */
export const imageInspect = z.object({
  Os: z.string().default('linux'),
  Architecture: z.string().default(''),
  Variant: z.string().optional(),
  Config: z.object({ Env: texts }).nullish(),
});
export type ImageInspect = z.infer<typeof imageInspect>;
