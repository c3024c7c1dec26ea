import type { ProblemAction } from '#contract/problem';

/** The command line that a button beside it copies: nobody should paste what they have not read. */
export function CommandToCopy({ actions }: { actions: readonly ProblemAction[] }) {
  const copy = actions.find((action) => action.kind === 'copy');
  return copy && <code className="cmdbox block mt-1.5 !py-1 wrap-anywhere select-text">{copy.text}</code>;
}
