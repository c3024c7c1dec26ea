import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '#contract';
import { api, client } from '../data/client';
import { showProblem } from '../data/problems';

/** What is kept between starts, and how to change it: at once on screen, undone when it could not be kept. */
export function useSettings(): {
  settings: Settings | undefined;
  change: (change: Partial<Settings>) => Promise<void>;
} {
  const queries = useQueryClient();
  const { data: settings } = useQuery(api.app.settings.queryOptions());
  const queryKey = api.app.settings.queryKey();

  async function change(changed: Partial<Settings>): Promise<void> {
    if (settings) queries.setQueryData(queryKey, { ...settings, ...changed });
    try {
      queries.setQueryData(queryKey, await client.app.changeSettings(changed));
    } catch (error) {
      queries.setQueryData(queryKey, settings);
      showProblem(error, () => void change(changed));
    }
  }
  return { settings, change };
}
