import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '#contract';
import { api } from '../data/client';
import { showProblem } from '../data/problems';

/** The kept settings, and a way to change some of them. They show the change at once. */
export function useSettings() {
  const queries = useQueryClient();
  const { data } = useQuery(api.app.settings.queryOptions());
  const key = api.app.settings.queryKey();
  const change = useMutation(
    api.app.changeSettings.mutationOptions({
      onSuccess: (settings) => {
        queries.setQueryData(key, settings);
        void queries.invalidateQueries({ queryKey: api.discover.key() });
      },
      onError: (error) => showProblem(error),
    }),
  );
  return { settings: data, change: (part: Partial<Settings>) => change.mutate(part) };
}
