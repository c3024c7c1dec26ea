import { z } from 'zod';
import { instant, outcome, procedure, taskHandle } from './base';

export const network = z.object({
  id: z.string(),
  name: z.string(),
  driver: z.string(),
  scope: z.string(),
  /** No way out to other networks. */
  internal: z.boolean(),
  attachable: z.boolean(),
  ipv6: z.boolean(),
  subnets: z.array(z.object({ subnet: z.string(), gateway: z.string() })),
  createdAt: instant,
  /** `bridge`, `host`, `none`: made by the engine, cannot be deleted. */
  predefined: z.boolean(),
  project: z.string().nullable(),
});
export type Network = z.infer<typeof network>;

export const networksContract = {
  create: procedure
    .input(
      z.object({
        name: z.string(),
        driver: z.string().optional(),
        internal: z.boolean().optional(),
        attachable: z.boolean().optional(),
        /** CIDR, for example `172.30.0.0/16`; the engine chooses when it is absent. */
        subnet: z.string().optional(),
        gateway: z.string().optional(),
      }),
    )
    .output(z.object({ id: z.string() })),
  /** Fails at once when containers are connected; else as containers.remove: 8 seconds to undo. */
  remove: procedure.input(z.object({ ids: z.array(z.string()).min(1) })).output(taskHandle),
  connect: procedure.input(z.object({ id: z.string(), containerId: z.string() })).output(z.void()),
  /** Disconnects these containers; each succeeds or fails on its own. */
  disconnect: procedure
    .input(z.object({ id: z.string(), containerIds: z.array(z.string()).min(1) }))
    .output(outcome),
  inspect: procedure.input(z.object({ id: z.string() })).output(z.unknown()),
};
