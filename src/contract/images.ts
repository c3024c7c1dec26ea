import { z } from 'zod';
import { instant, procedure, taskHandle } from './base';

export const image = z.object({
  /** `sha256:…` */
  id: z.string(),
  /** `nginx:1.29`; empty for a dangling image. */
  tags: z.array(z.string()),
  /** `nginx@sha256:…`: what it is called in the registries it came from or went to. */
  digests: z.array(z.string()),
  createdAt: instant,
  sizeBytes: z.number(),
});
export type Image = z.infer<typeof image>;

export const imageLayer = z.object({
  /** `sha256:…` of the layer's content, or empty for an instruction that made no layer. */
  digest: z.string(),
  sizeBytes: z.number(),
  createdAt: instant,
  /** Dockerfile instruction, cleaned of the shell wrapper: `RUN apt-get update`, `COPY . /app`. */
  instruction: z.string(),
  /** The engine's own text. */
  createdBy: z.string(),
  comment: z.string(),
  tags: z.array(z.string()),
});

export const imageDetails = z.object({
  id: z.string(),
  os: z.string(),
  arch: z.string(),
  author: z.string(),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  workdir: z.string(),
  user: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  labels: z.record(z.string(), z.string()),
  exposedPorts: z.array(z.object({ port: z.number(), protocol: z.enum(['tcp', 'udp', 'sctp']) })),
  volumes: z.array(z.string()),
  /** Oldest first, as the Dockerfile reads. */
  layers: z.array(imageLayer),
});
export type ImageDetails = z.infer<typeof imageDetails>;
export type ImageLayer = z.infer<typeof imageLayer>;

/** Gantry brings this image along, so that a first container needs no network. */
export const welcomeImage = 'gantry/welcome:latest';

export const imagesContract = {
  details: procedure.input(z.object({ id: z.string() })).output(imageDetails),
  inspect: procedure.input(z.object({ id: z.string() })).output(z.unknown()),
  /** Downloads with real progress per layer. `reference` as in `docker pull`: `nginx`, `nginx:1.29`, `localhost:5000/app@sha256:…`. */
  pull: procedure
    .input(z.object({ reference: z.string(), platform: z.string().optional() }))
    .output(taskHandle),
  /** Whether the engine has the image `welcomeImage`, or can be given it. */
  hasWelcome: procedure.output(z.boolean()),
  /**
   * Gives the engine the image `welcomeImage`, unless it has it. Fails with `welcome-missing` where this installation
   * has none for the engine's processor.
   */
  giveWelcome: procedure.output(z.void()),
  tag: procedure.input(z.object({ id: z.string(), reference: z.string() })).output(z.void()),
  /** Takes one name away; the image stays while it has another name or a container. */
  untag: procedure.input(z.object({ reference: z.string() })).output(z.void()),
  /** Fails at once when a container needs one of them; else as containers.remove: 8 seconds to undo. */
  remove: procedure.input(z.object({ ids: z.array(z.string()).min(1) })).output(taskHandle),
};
