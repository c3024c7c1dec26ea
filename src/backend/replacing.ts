import type { Replacement } from '#contract';
import type { Replaced } from '#contract/containers';
import { newPassword } from '#contract/new-password';
import type { Change } from '#engine/replace-change';
import type { Services } from './services';

/** What the engine is told: a password that is asked for is made up here. */
function forEngine(change: Replacement): { change: Change; password: Replaced['password'] } {
  if (change.kind !== 'password') return { change, password: null };
  const password = { variable: change.variable, value: newPassword() };
  return { change: { kind: 'variable', name: password.variable, value: password.value }, password };
}

/** Puts a container in the place of another. The old one goes, with time to undo, unless it may hold files of its own. */
export async function replaceContainer(
  { engine: { lifecycle }, removals }: Pick<Services, 'engine' | 'removals'>,
  input: { id: string; change: Replacement },
): Promise<Replaced> {
  const { change, password } = forEngine(input.change);
  const { id, name, old } = await lifecycle.replace({ id: input.id, change });
  const undo = old.everRan
    ? null
    : removals.start({
        kind: 'containers',
        keys: [old.id],
        names: [old.name],
        removeNow: () => lifecycle.removeNow([old.id]),
        undone: async () => {
          await lifecycle.removeNow([id]);
          await lifecycle.rename(old.id, name);
        },
      });
  return { replacedBy: id, name, undo, oldName: old.name, password };
}
