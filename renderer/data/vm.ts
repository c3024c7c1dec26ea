import { useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import type { VmDetails, VmState } from '#contract';
import { api, client } from './client';
import { followWhileVisible } from './follow';

/** Gantry's VM as the backend last told of it; null until it has. */
const useVmStore = create<{ vm: VmState | null }>(() => ({ vm: null }));

/** Follows the VM's state. Returns what ends it. */
export const followVm = () =>
  followWhileVisible(
    (signal) => client.vm.watch(undefined, { signal }),
    (vm) => useVmStore.setState({ vm }),
  );

export const useVm = (): VmState | null => useVmStore(({ vm }) => vm);

/** Whether the VM is, or within `ms` gets, in the state `failed`. An order's refusal may overtake the news of it. */
export function vmFails(ms: number): Promise<boolean> {
  const failed = () => useVmStore.getState().vm?.status === 'failed';
  if (failed()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve(failed());
    };
    const unsubscribe = useVmStore.subscribe(() => failed() && settle());
    const timer = setTimeout(settle, ms);
  });
}

/**
 * What the VM is made of and said last; undefined until it was read.
 * @param of it is read again when this text changes; null reads nothing
 */
export function useVmDetails(of: string | null): VmDetails | undefined {
  return useQuery({
    queryKey: [...api.vm.details.queryKey(), of],
    queryFn: ({ signal }) => client.vm.details(undefined, { signal }),
    placeholderData: (before) => before,
    staleTime: 0,
    enabled: of !== null,
  }).data;
}
