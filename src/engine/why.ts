import type { Problem } from '#contract/problem';
import { start } from './catalogue/actions';
import type { Circumstances } from './catalogue/entry';
import { catalogue } from './catalogue/index';
import { lastWords } from './catalogue/last-words';
import { toProblem } from './problems';

/** What the engine said when it could not start the container. */
function couldNotStart({ container, enginePlatform, blockedPort }: Circumstances): Problem {
  const { Id, Name, State, Config } = container;
  const problem = toProblem(State.Error, {
    doing: `start ${Name}`,
    id: Id,
    name: Config.Image,
    image: Config.Image,
    platform: enginePlatform,
    ...blockedPort,
  });
  // A page has no call to repeat; starting the container is that call.
  const actions = problem.actions.map((action) => (action.kind === 'retry' ? start(Id) : action));
  return { ...problem, actions: actions.length > 0 ? actions : [start(Id)] };
}

/** States in which the exit code says little, and the program's own words say more. */
const vague = new Set(['app-error', 'start-file-missing', 'start-file-forbidden']);

/** Why a container failed, restarts, stopped or cannot be reached, with what to do; null when all is as it should be. */
export function why(all: Circumstances): Problem | null {
  const { State } = all.container;
  if (State.Error && (State.Status === 'created' || State.Status === 'exited')) return couldNotStart(all);
  const entry = catalogue.states.find(({ recognise }) => recognise(all));
  if (!entry) return null;
  return (vague.has(entry.code) && lastWords(all)) || { code: entry.code, ...entry.explain(all) };
}
