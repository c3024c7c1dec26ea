import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { EngineBeside } from '#contract';
import { api, client } from '../data/client';
import { showProblem } from '../data/problems';
import { useEngine } from '../data/projection';
import { useSettings } from '../settings/useSettings';
import { startVm } from './orders';

/**
 * Reads the settings again when the engine becomes another one: a problem's button or a program can have chosen it.
 * For one component that is always there.
 */
export function useChoiceOfOthers(): void {
  const queries = useQueryClient();
  const { status, endpoint, problem } = useEngine();
  const now = [status, endpoint?.host, problem?.code].join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: its change is what counts
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: api.app.settings.queryKey() });
  }, [queries, now]);
}

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
    /** To the engine that is connected beside this one. */
    showBeside: ({ endpoint }: EngineBeside) =>
      choose(() =>
        client.app.changeSettings({ engineChoice: endpoint.source === 'Gantry VM' ? 'vm' : 'found' }),
      ),
  };
}
