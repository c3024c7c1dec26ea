import { type ReactNode, useState } from 'react';
import type { VmState } from '#contract';
import { restartVm, startVm, stopVm, suspendVm } from './orders';
import { StopDialog } from './StopDialog';
import { useUpInVm } from './vmContainers';
import { startWord, type VmVerb, vmVerbs } from './vmWords';

export interface VmOrder {
  verb: VmVerb;
  label: string;
  act: () => void;
}

/** What can be asked of the VM now. Orders that would end containers ask first, by `dialog`. */
export function useVmOrders(vm: VmState | null): { orders: readonly VmOrder[]; dialog: ReactNode } {
  const up = useUpInVm();
  const [asking, setAsking] = useState<'stop' | 'restart' | null>(null);
  if (!vm) return { orders: [], dialog: null };
  const asks = vm.status === 'running' && up?.length !== 0;
  const all: Record<VmVerb, { label: string; act: () => void }> = {
    start: { label: startWord(vm), act: () => void startVm() },
    sleep: { label: 'Put to sleep', act: () => void suspendVm() },
    restart: {
      label: asks ? 'Restart…' : 'Restart',
      act: () => (asks ? setAsking('restart') : void restartVm()),
    },
    stop: { label: asks ? 'Stop…' : 'Stop', act: () => (asks ? setAsking('stop') : void stopVm()) },
  };
  return {
    orders: vmVerbs(vm).map((verb) => ({ verb, ...all[verb] })),
    dialog: asking && <StopDialog verb={asking} onClose={() => setAsking(null)} />,
  };
}
