import { ProblemError } from '#contract/problem';

/** Prints why something failed as sentences, and sets exit code 1. */
export function tellProblem(error: unknown): void {
  process.exitCode = 1;
  const cause = error instanceof Error && error.cause instanceof ProblemError ? error.cause : error;
  if (!(cause instanceof ProblemError)) {
    console.error(error instanceof Error ? error.message : String(error));
    return;
  }
  const { title, explanation, detail } = cause.problem;
  console.error([title, explanation, ...(detail ? ['', detail] : [])].join('\n'));
}
