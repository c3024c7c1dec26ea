import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { type Outcome, outcome as outcomeSchema, taskHandle } from '#contract/base';
import { type Replaced, replaced } from '#contract/containers';
import { type Problem, type ProblemAction, ProblemError, problem as problemSchema } from '#contract/problem';
import { showNewPassword } from '../containers/password/store';
import { openRun } from '../run/store';
import { navigate, useRouter } from '../shell/router';
import { plural } from '../ui/format';
import { showToast } from '../ui/toasts';
import { api } from './client';
import { useProjection } from './projection';
import { queries } from './queries';
import { openLink } from './transport';
import { offerUndo } from './undo';

/** The problem that an error carries. What the contract does not know becomes one with its raw text as detail. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
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

/** Opens the page that an action names. */
function openPage({ page, target, tab }: Extract<ProblemAction, { kind: 'open' }>): void {
  if (page === 'containers' || page === 'images') navigate({ page, id: target, tab });
  else if (page === 'volumes') navigate({ page, name: target });
  else if (page === 'networks') navigate({ page, id: target });
  else if (page === 'discover') navigate({ page, q: target });
  else if (page === 'settings') navigate({ page, section: target });
  else if (page === 'run') openRun(target);
  else navigate({ page });
}

/**
 * Does what one click of a problem promises. `retry` and `change` belong to the form or button that failed, which
 * handles them itself before it comes here.
 */
export async function runAction(action: ProblemAction): Promise<void> {
  if (action.kind === 'open') openPage(action);
  if (action.kind === 'copy') await copyText(action.text);
  if (action.kind !== 'call') return;
  // Its name now: a deletion takes it out of sight at once.
  const name = nameOfSubject(action.procedure, action.input);
  try {
    const answer = await (await openLink()).call(action.procedure.split('.'), action.input, { context: {} });
    tellAnswer(action.procedure, answer, name);
  } catch (error) {
    showProblem(error);
  }
}

async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ kind: 'success', title: 'Copied', text, key: 'copied' });
  } catch (error) {
    showProblem(error);
  }
}

const named = z.object({ ids: z.array(z.string()) });

/** The container or network that a call is about, as a person calls it. */
function nameOfSubject(procedure: string, input: unknown): string {
  const ids = named.safeParse(input).data?.ids ?? [];
  const { containers, networks } = useProjection.getState();
  const [name, ...others] = ids.map((id) => (containers.byKey.get(id) ?? networks.byKey.get(id))?.name);
  const kind = procedure.startsWith('networks.') ? 'network' : 'container';
  return others.length > 0 ? plural(ids.length, kind) : (name ?? `The ${kind}`);
}

/** Shows what came of a call: what failed, what can be undone, what took the place of what. */
function tellAnswer(procedure: string, answer: unknown, name: string): void {
  const outcome = outcomeSchema.safeParse(answer);
  if (outcome.success) showFailures(outcome.data);
  else if (procedure === 'containers.replace') tellReplaced(replaced.parse(answer));
  else if (procedure === 'vm.growDisk') tellGrown(grown.parse(answer));
  else if (procedure === 'containers.remove' || procedure === 'networks.remove') {
    void offerUndo(taskHandle.parse(answer).taskId, `${name} deleted`, showProblem);
  }
}

const grown = z.object({ diskGiB: z.number() });

function tellGrown({ diskGiB }: z.infer<typeof grown>): void {
  void queries.invalidateQueries({ queryKey: api.app.settings.queryKey() });
  void queries.invalidateQueries({ queryKey: api.vm.key() });
  showToast({ kind: 'success', title: `The VM’s disk has ${diskGiB} GB now` });
}

/** Whoever looked at the old container looks at the new one now. */
function tellReplaced({ replacedBy, name, undo, oldName, password }: Replaced): void {
  const { route } = useRouter.getState();
  if (route.page === 'containers' && route.id) navigate({ page: 'containers', id: replacedBy });
  if (password) showNewPassword({ container: name, oldName: undo ? null : oldName, ...password });
  if (undo) {
    void offerUndo(undo, `${name} runs, in the place of the one that could not start`, showProblem);
    return;
  }
  // The dialog of the password says it.
  if (password) return;
  const text = `The old one may hold files of its own. It is kept as ${oldName}; delete it when you do not need it.`;
  showToast({ kind: 'success', title: `${name} runs`, text });
}

const needsNoForm = ({ kind }: ProblemAction) => kind === 'open' || kind === 'call' || kind === 'copy';

/** The problem with the buttons that `runAction` can serve, for a place that has nothing to repeat or to change. */
export const withoutForm = (problem: Problem): Problem => ({
  ...problem,
  actions: problem.actions.filter(needsNoForm),
});

/**
 * Shows a failure as a toast that stays, with what can be done about it.
 * @param retry does the same thing again; whoever can wait does it at the time that the problem names
 */
export function showProblem(error: unknown, retry?: (at?: number) => void): void {
  const problem = problemOf(error);
  if (problem.code === 'cancelled') return;
  const able = problem.actions.filter((action) => needsNoForm(action) || (action.kind === 'retry' && retry));
  showToast({
    kind: 'error',
    title: problem.title,
    text: problem.explanation,
    actions: able.slice(0, 2).map((action, index) => ({
      label: action.label,
      primary: index === 0,
      onPress: () => (action.kind === 'retry' ? retry?.(action.at) : void runAction(action)),
    })),
  });
}

/** Shows what failed of several objects. */
export function showFailures({ failed }: Outcome): void {
  for (const { problem } of failed) showProblem(new ProblemError(problem));
}
