import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { DiskUsage } from '#contract';
import { client } from './client';

/**
 * What the engine's objects take on its disk; undefined until it has counted, which takes seconds on a large one.
 * @param of what is there now, as text: it counts again when that changes
 */
export function useDiskUsage(of: string): DiskUsage | undefined {
  return useQuery({
    queryKey: ['disk usage', of],
    queryFn: ({ signal }) => client.engine.diskUsage(undefined, { signal }),
    placeholderData: keepPreviousData,
  }).data;
}
