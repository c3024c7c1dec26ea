import { z } from 'zod';

/**
 * What one click can do about a problem. `call` runs a procedure of this contract, `open` goes to a page, `copy` gives a
 * command line to paste into a terminal, for what needs rights that Gantry does not have, `change` puts a value into the
 * form that caused the problem, `retry` does the same thing again.
 */
export const problemAction = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    label: z.string(),
    /** Dotted path in the contract, for example `containers.stop`. */
    procedure: z.string(),
    // Optional, as one that is undefined does not survive the way to the page.
    input: z.unknown().optional(),
  }),
  z.object({
    kind: z.literal('open'),
    label: z.string(),
    /** `run` is the Run dialog. */
    page: z.enum(['home', 'containers', 'images', 'volumes', 'networks', 'discover', 'settings', 'run']),
    /** Id of the container, image or network, name of the volume, what to search for in Discover, what to run. */
    target: z.string().optional(),
    tab: z.string().optional(),
  }),
  z.object({
    kind: z.literal('copy'),
    label: z.string(),
    /** Shown beside the button, so that nobody pastes what they have not read. */
    text: z.string(),
  }),
  z.object({
    kind: z.literal('change'),
    label: z.string(),
    /** Field of the form, in the words of its schema: `name`, `ports.0.hostPort`, … */
    field: z.string(),
    value: z.unknown().optional(),
    /** Nothing else has to be entered: after a failed run the form runs again with it at once. */
    again: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('retry'),
    label: z.string(),
    /** Before this it would fail again: a task waits for it (`tasks.retry`). Milliseconds since 1970. */
    at: z.number().optional(),
  }),
]);
export type ProblemAction = z.infer<typeof problemAction>;

/** What is to be pasted into a terminal. */
export const copyCommand = (text: string): ProblemAction => ({
  kind: 'copy',
  label: 'Copy the command',
  text,
});

/** An error as data: what happened, why, what to do. Raw engine text stays in `detail`, unchanged. */
export const problem = z.object({
  /** Stable name, for example `port-taken`; `unknown` when the table has no entry for it. */
  code: z.string(),
  /** What happened; names the objects. */
  title: z.string(),
  /** Why, in one sentence. */
  explanation: z.string(),
  /** The first one repairs. */
  actions: z.array(problemAction),
  /** The docker command line that failed in the same way, as its arguments. */
  command: z.array(z.string()).optional(),
  /** What the engine (or registry, or system) said, word for word. */
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

/** How a problem travels inside the backend; the boundary turns it into the contract's PROBLEM error. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
  }
}
