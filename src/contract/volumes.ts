import { z } from 'zod';
import { instant, procedure, taskHandle } from './base';

export const volume = z.object({
  name: z.string(),
  driver: z.string(),
  /** Where the engine keeps it: a path of the engine's machine, not always of this computer. */
  mountpoint: z.string(),
  createdAt: instant.nullable(),
  /** Made by the engine for an image's VOLUME line, without a name of its own. */
  anonymous: z.boolean(),
  project: z.string().nullable(),
});
export type Volume = z.infer<typeof volume>;

export const volumesContract = {
  create: procedure
    .input(
      z.object({
        name: z.string(),
        driver: z.string().optional(),
        labels: z.record(z.string(), z.string()).optional(),
      }),
    )
    .output(z.object({ name: z.string() })),
  /** Fails at once when a container uses one of them; else as containers.remove: 8 seconds to undo. */
  remove: procedure.input(z.object({ names: z.array(z.string()).min(1) })).output(taskHandle),
  inspect: procedure.input(z.object({ name: z.string() })).output(z.unknown()),
};
