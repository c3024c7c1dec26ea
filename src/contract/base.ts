import { oc } from '@orpc/contract';
import { z } from 'zod';
import { problem } from './problem';

/** Every procedure may fail with a problem, and with nothing else that a view has to know. */
export const procedure = oc.errors({ PROBLEM: { data: problem } });

/** Answer of a procedure that works on several objects at once: each succeeds or fails on its own. */
export const outcome = z.object({
  done: z.array(z.string()),
  failed: z.array(z.object({ id: z.string(), name: z.string(), problem })),
});
export type Outcome = z.infer<typeof outcome>;

/** Long work runs as a task (see tasks.ts); this is its handle. */
export const taskHandle = z.object({ taskId: z.string() });

/** Milliseconds since 1970, UTC. */
export const instant = z.number();
