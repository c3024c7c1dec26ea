import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { VmUsage } from '#contract';
import { api, client } from '../data/client';
import { useEngine } from '../data/projection';
import { useVm } from '../data/vm';
import { AGAIN_MS, useVmMemoryHistory, withReading } from './memoryHistory';

async function readUsage(signal: AbortSignal): Promise<VmUsage> {
  const usage = await client.vm.usage(undefined, { signal });
  const used = usage.memory?.guestUsedBytes;
  if (used !== undefined) useVmMemoryHistory.setState((now) => withReading(now, used, Date.now()));
  return usage;
}

/**
 * What the VM takes of this computer; undefined while another engine is in use or nothing was read. It is not read
 * while the page is hidden.
 * @param of what is there now, as text: it is read again when that changes
 */
export function useVmUsage(of: string): VmUsage | undefined {
  const inUse = useEngine().endpoint?.source === 'Gantry VM';
  const running = useVm()?.status === 'running';
  const { data } = useQuery({
    queryKey: [...api.vm.usage.queryKey(), of],
    queryFn: ({ signal }) => readUsage(signal),
    enabled: inUse && running,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: AGAIN_MS,
  });
  return inUse ? data : undefined;
}
