import { useQueryClient } from '@tanstack/react-query';
import { api, client } from '../data/client';
import { showProblem } from '../data/problems';
import { useSettings } from '../settings/useSettings';
import { startVm } from './orders';

/** Which engine Gantry works with, and the ways to another one. */
export function useEngineChoice() {
  const queries = useQueryClient();
  const { settings } = useSettings();
  async function choose(work: () => Promise<unknown>) {
    try {
      await work();
    } catch (error) {
      showProblem(error);
    } finally {
      await queries.invalidateQueries({ queryKey: api.app.settings.queryKey() });
    }
  }
  return {
    choice: settings?.engineChoice,
    /** The host that the user named; null looks for one. */
    host: settings?.engineHost ?? null,
    /** To an engine that is there already; null to the first one that answers. */
    chooseFound: (host: string | null) => choose(() => client.engine.select({ host })),
    /** Back to those that are there, with the host that was last named. */
    leaveVm: () => choose(() => client.app.changeSettings({ engineChoice: 'found' })),
    async chooseVm() {
      await choose(() => client.app.changeSettings({ engineChoice: 'vm' }));
      await startVm();
    },
  };
}
