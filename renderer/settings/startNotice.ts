import { ProblemError } from '#contract/problem';
import { client } from '../data/client';
import { showProblem } from '../data/problems';

/** Tells what went wrong when Gantry started, such as settings that could not be read. Called once. */
export function tellStartNotice(): void {
  client.app.info().then(({ problems }) => {
    for (const problem of problems) showProblem(new ProblemError(problem));
  }, showProblem);
}
