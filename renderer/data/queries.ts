import { QueryClient } from '@tanstack/react-query';

/** Answers of the backend. What changes is pushed: nothing is fetched again only because time has passed or the
 * window got the keyboard. */
export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, retry: false, refetchOnWindowFocus: false } },
});
