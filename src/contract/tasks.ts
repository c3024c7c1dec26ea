import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, procedure } from './base';
import { problem } from './problem';

export const layerProgress = z.object({
  /** Short layer id, as `docker pull` prints it. */
  id: z.string(),
  phase: z.enum(['waiting', 'downloading', 'verifying', 'extracting', 'done', 'exists']),
  currentBytes: z.number(),
  totalBytes: z.number().nullable(),
});

/** Real progress only; `unknown` shows an arc, the elapsed time and what is being waited for. */
export const taskProgress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unknown'), doing: z.string() }),
  z.object({ kind: z.literal('steps'), step: z.number(), of: z.number(), doing: z.string() }),
  z.object({
    kind: z.literal('layers'),
    doing: z.string(),
    layers: z.array(layerProgress),
    receivedBytes: z.number(),
    /** Null until every layer told its size. */
    totalBytes: z.number().nullable(),
    bytesPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  }),
]);
export type TaskProgress = z.infer<typeof taskProgress>;
export type LayerProgress = z.infer<typeof layerProgress>;

export const task = z.object({
  id: z.string(),
  kind: z.enum(['pull', 'run', 'remove']),
  /** "Pull nginx:1.29", "Run web", "Delete web-1 and 2 more". */
  title: z.string(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  progress: taskProgress,
  startedAt: instant,
  endedAt: instant.nullable(),
  /** A deletion can be undone (tasks.cancel) until then. */
  undoUntil: instant.nullable(),
  /** Whether tasks.retry does something. */
  canRetry: z.boolean(),
  canCancel: z.boolean(),
  problem: problem.nullable(),
  /** What came of it: the image that was pulled, the container that runs. */
  result: z
    .object({
      imageId: z.string().optional(),
      reference: z.string().optional(),
      containerId: z.string().optional(),
    })
    .nullable(),
  /** What it is about: references or names, for views that show their own progress. */
  subject: z.array(z.string()),
});
export type Task = z.infer<typeof task>;

const byTask = z.object({ taskId: z.string() });

export const tasksContract = {
  /** All tasks first, then each one that changed; at most ten batches a second. */
  watch: procedure.output(eventIterator(z.object({ set: z.array(task), gone: z.array(z.string()) }))),
  /** Cancels what runs; for a deletion this is the undo. */
  cancel: procedure.input(byTask).output(z.void()),
  /**
   * Does a failed or cancelled task again, as a new task. With `at` that one begins at once, waits until then, and only
   * then does the work; waiting can be cancelled, and ends with Gantry.
   */
  retry: procedure.input(byTask.extend({ at: instant.optional() })).output(z.object({ taskId: z.string() })),
  /** Forgets ended tasks. */
  clear: procedure.output(z.void()),
};
