import { type Problem, ProblemError } from '#contract/problem';

/** Commands that a problem offers to copy, to be printed below its words. */
export const commandsOf = ({ actions }: Problem): string[] =>
  actions.flatMap((action) => (action.kind === 'copy' ? [`  ${action.text}`] : []));

/** Prints why something failed as sentences, and sets exit code 1. */
export function tellProblem(error: unknown): void {
  process.exitCode = 1;
  const cause = error instanceof Error && error.cause instanceof ProblemError ? error.cause : error;
  if (!(cause instanceof ProblemError)) {
    console.error(error instanceof Error ? error.message : String(error));
    return;
  }
  const { title, explanation, detail } = cause.problem;
  const commands = commandsOf(cause.problem);
  console.error([title, explanation, ...commands, ...(detail ? ['', detail] : [])].join('\n'));
}
