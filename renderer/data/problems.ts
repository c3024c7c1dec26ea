import { ORPCError } from '@orpc/client';
import { type Problem, problem as problemSchema } from '#contract/problem';

/** The problem that an error carries. What the contract does not know becomes one with its raw text as detail. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ORPCError) {
    const parsed = problemSchema.safeParse(error.data);
    if (parsed.success) return parsed.data;
  }
  return {
    code: 'unknown',
    title: 'That did not work',
    explanation: 'Gantry has no explanation for this error.',
    actions: [],
    detail: error instanceof Error ? error.message : String(error),
  };
}
