import type { z } from 'zod';
import type { Replacement } from '#contract';
import type { replaced } from '#contract/containers';
import type { Services } from './services';

/** Puts a container in the place of another. The old one goes, with time to undo, unless it may hold files of its own. */
export async function replaceContainer(
  { engine: { lifecycle }, removals }: Pick<Services, 'engine' | 'removals'>,
  input: { id: string; change: Replacement },
): Promise<z.infer<typeof replaced>> {
  const { id, name, old } = await lifecycle.replace(input);
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
  return { replacedBy: id, name, undo, oldName: old.name };
}
