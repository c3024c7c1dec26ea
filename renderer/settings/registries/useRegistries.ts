import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Registry } from '#contract';
import { api } from '../../data/client';

export interface Registries {
  /** Docker Hub and Quay. */
  builtIn: readonly Registry[];
  /** Those that the user added. */
  own: readonly Registry[];
  error: unknown;
  retry: () => void;
  loaded: boolean;
}

export function useRegistries(): Registries {
  const builtIn = useQuery(api.discover.publicRegistries.queryOptions());
  const own = useQuery(api.discover.registries.queryOptions());
  return {
    builtIn: builtIn.data ?? [],
    own: own.data ?? [],
    error: builtIn.error ?? own.error,
    loaded: builtIn.isSuccess && own.isSuccess,
    retry: () => {
      void builtIn.refetch();
      void own.refetch();
    },
  };
}

/** Has everything asked again that depends on registries and sign-ins. */
export function useRegistriesChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: api.discover.key() }),
      queries.invalidateQueries({ queryKey: api.app.settings.key() }),
    ]);
  };
}
