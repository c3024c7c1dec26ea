import { ProblemBanner } from '#ui/ProblemView';
import { problemOf } from '../../data/problems';

/** Why a registry did not take what the form says. Its fix is in the form, so no action leads away from it. */
export function FormProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error);
  const actions = problem.actions.filter(({ kind }) => kind === 'retry');
  return <ProblemBanner problem={{ ...problem, actions }} onAction={onRetry} />;
}
