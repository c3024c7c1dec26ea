import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '#contract';
import { api } from '../data/client';
import { showProblem } from '../data/problems';

function useChange(onError?: (error: unknown) => void) {
  const queries = useQueryClient();
  return useMutation(
    api.app.changeSettings.mutationOptions({
      onSuccess: (settings) => {
        queries.setQueryData(api.app.settings.queryKey(), settings);
        void queries.invalidateQueries({ queryKey: api.discover.key() });
      },
      onError,
    }),
  );
}

/** The kept settings, and a way to change some of them. They show the change at once. */
export function useSettings() {
  const { data } = useQuery(api.app.settings.queryOptions());
  const change = useChange((error) => showProblem(error));
  return { settings: data, change: (part: Partial<Settings>) => change.mutate(part) };
}

/** Changes settings as a step of something larger, which handles the failure. */
export function useKeepSettings(): (part: Partial<Settings>) => Promise<unknown> {
  const change = useChange();
  return change.mutateAsync;
}
