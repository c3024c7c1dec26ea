import { useQuery } from '@tanstack/react-query';
import { api } from '../../data/client';
import { useVm } from '../../data/vm';

/** The VM's disk, null while there is none, and a way to look again: what its file takes changes with all that is done. */
export function useDisk() {
  const status = useVm()?.status ?? 'absent';
  const { data, refetch } = useQuery({
    ...api.vm.usage.queryOptions(),
    queryKey: [...api.vm.usage.queryKey(), status],
    placeholderData: (before) => before,
    staleTime: 0,
    enabled: status !== 'absent',
  });
  return { disk: data?.disk ?? null, look: () => void refetch() };
}
