import { createORPCClient } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { Client } from '#contract';
import { openLink } from './transport';

/** Calls wait until the backend is there; a call under way fails when the backend dies. */
export const client: Client = createORPCClient({
  call: async (path, input, options) => (await openLink(options.signal)).call(path, input, options),
});

/** The same procedures as options for TanStack Query: `useQuery(api.discover.catalogue.queryOptions())`. */
export const api = createTanstackQueryUtils(client);
