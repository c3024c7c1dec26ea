import { implement, ORPCError } from '@orpc/server';
import type { Logger } from 'pino';
import { z } from 'zod';
import { contract, type Problem } from '#contract';
import { ProblemError } from '#contract/problem';
import { toProblem } from '#engine/problems';

/** Input that does not fit the contract: a mistake of the caller, said in words. */
function badInput(error: ORPCError<string, unknown>): Problem {
  const cause = error.cause;
  const issues = cause && typeof cause === 'object' && 'issues' in cause ? cause.issues : [];
  const said = z
    .array(z.object({ path: z.array(z.unknown()).optional(), message: z.string() }))
    .safeParse(issues);
  const lines = said.success
    ? said.data.map(({ path, message }) => `${(path ?? []).join('.')}: ${message}`)
    : [];
  return {
    code: 'bad-input',
    title: 'That is not a value Gantry can use',
    explanation: 'Something in the request has the wrong form.',
    actions: [],
    detail: lines.join('\n') || error.message,
  };
}

/** Any failure as the contract's error. */
function boundaryError(error: unknown, path: readonly string[], log: Logger) {
  if (error instanceof ORPCError && error.code !== 'BAD_REQUEST') return error;
  const problem =
    error instanceof ORPCError
      ? badInput(error)
      : error instanceof ProblemError
        ? error.problem
        : toProblem(error);
  if (problem.code === 'unknown') log.error({ procedure: path.join('.'), err: error }, 'A procedure failed');
  return new ORPCError('PROBLEM', { data: problem, message: problem.title, cause: error });
}

const isStream = (output: unknown): output is AsyncIterator<unknown> & AsyncIterable<unknown> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output;

/** The same stream with its errors as the contract's. Leaving it leaves the source, also while it waits. */
function boundaryStream(
  source: AsyncIterator<unknown> & AsyncIterable<unknown>,
  explain: (error: unknown) => unknown,
): AsyncIteratorObject<unknown> {
  return {
    next: async () => {
      try {
        return await source.next();
      } catch (error) {
        throw explain(error);
      }
    },
    return: async () => (await source.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await source.return?.();
    },
  };
}

/** The contract, ready to be implemented; every procedure passes through here. */
export const procedures = (log: Logger) =>
  implement(contract).use(async ({ next, path }) => {
    try {
      const result = await next();
      if (!isStream(result.output)) return result;
      return { ...result, output: boundaryStream(result.output, (error) => boundaryError(error, path, log)) };
    } catch (error) {
      throw boundaryError(error, path, log);
    }
  });

export type Procedures = ReturnType<typeof procedures>;
