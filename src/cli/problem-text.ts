import { ProblemError } from '#contract/problem';

/** Prints a problem as sentences and sets exit code 1. @throws what is no problem */
export function tellProblem(error: unknown): void {
  process.exitCode = 1;
  const cause = error instanceof Error && error.cause instanceof ProblemError ? error.cause : error;
  if (!(cause instanceof ProblemError)) throw error;
  const { title, explanation, detail } = cause.problem;
  console.error([title, explanation, ...(detail ? ['', detail] : [])].join('\n'));
}
