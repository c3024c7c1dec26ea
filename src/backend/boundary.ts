import { implement, ORPCError } from '@orpc/server';
import type { Logger } from 'pino';
import { z } from 'zod';
import { contract, type Problem } from '#contract';
import { toProblem } from '#engine/problems';

const withIssues = z.object({
  issues: z.array(z.object({ path: z.array(z.unknown()).optional(), message: z.string() })),
});

/** What a schema found wrong, one line each; never the values themselves. */
function issuesOf(cause: unknown): string[] {
  const { data } = withIssues.safeParse(cause);
  return (data?.issues ?? []).map(({ path, message }) => `${(path ?? []).join('.')}: ${message}`);
}

/** Input that does not fit the contract: a mistake of the caller, said in words. */
function badInput(error: ORPCError<string, unknown>): Problem {
  return {
    code: 'bad-input',
    title: 'That is not a value Gantry can use',
    explanation: 'Something in the request has the wrong form.',
    actions: [],
    detail: issuesOf(error.cause).join('\n') || error.message,
  };
}

/** An answer that does not fit the contract: a mistake of Gantry itself. */
const ownMistake = (error: ORPCError<string, unknown>): Problem => ({
  code: 'unknown',
  title: 'Gantry made a mistake',
  explanation: 'The answer was not in the form that this page understands. The log file tells more.',
  actions: [],
  detail: error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message,
});

/** Any failure in words. What has no entry in the catalogue is logged. */
export function explain(error: unknown, where: string, log: Logger): Problem {
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return badInput(error);
  const problem = error instanceof ORPCError ? ownMistake(error) : toProblem(error);
  if (problem.code === 'unknown') {
    log.error(
      { where, err: error, why: issuesOf(error instanceof Error ? error.cause : null) },
      problem.title,
    );
  }
  return problem;
}

/** A failure as the contract's error. */
const boundaryError = (problem: Problem, cause: unknown) =>
  new ORPCError('PROBLEM', { data: problem, message: problem.title, cause });

const isStream = (output: unknown): output is AsyncIterator<unknown> & AsyncIterable<unknown> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output;

/** The same stream with its errors as the contract's. Leaving it leaves the source, also while it waits. */
function boundaryStream(
  source: AsyncIterator<unknown> & AsyncIterable<unknown>,
  inWords: (error: unknown) => unknown,
): AsyncIteratorObject<unknown> {
  return {
    next: async () => {
      try {
        return await source.next();
      } catch (error) {
        throw inWords(error);
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

/**
 * The contract, ready to be implemented; every procedure passes through here.
 * @param complete adds what has to be found out first to a problem that a call ends with
 */
export const procedures = (log: Logger, complete: (problem: Problem) => Promise<Problem>) =>
  implement(contract).use(async ({ next, path }) => {
    const inWords = (error: unknown) => explain(error, path.join('.'), log);
    try {
      const result = await next();
      if (!isStream(result.output)) return result;
      const output = boundaryStream(result.output, (error) => boundaryError(inWords(error), error));
      return { ...result, output };
    } catch (error) {
      throw boundaryError(await complete(inWords(error)), error);
    }
  });

/** For a call without a signal of its own, as none of a page's is: it comes from this process, and ends with it. */
export const forever = new AbortController().signal;

export type Procedures = ReturnType<typeof procedures>;
