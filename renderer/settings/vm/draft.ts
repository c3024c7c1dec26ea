import { create } from 'zustand';
import type { VmSettings } from '#contract';
import { useSettings } from '../useSettings';
import { realChanges } from './changes';

type Changes = Partial<VmSettings>;

/** Changes of the VM's settings that wait for Apply; one draft for all sections, so that one restart does. */
const useDraft = create<{ changes: Changes; tried: boolean }>(() => ({ changes: {}, tried: false }));

/** Whether Apply was pressed: fields that are still empty are wrong only then. */
export const useTried = (): boolean => useDraft((now) => now.tried);
export const setTried = (): void => useDraft.setState({ tried: true });

/** The VM's settings as the form shows them, and the two ways to change them. */
export function useVmSettings() {
  const { settings, change } = useSettings();
  const drafted = useDraft((now) => now.changes);
  const kept = settings?.vm;
  const changes = kept ? realChanges(drafted, kept) : {};
  return {
    kept,
    changes,
    /** With the changes. */
    shown: kept && { ...kept, ...changes },
    /** For Apply. */
    edit: (part: Changes) => useDraft.setState((now) => ({ changes: { ...now.changes, ...part } })),
    discard: () => useDraft.setState({ changes: {}, tried: false }),
    /** At once, for what needs no restart. */
    setNow: (part: Changes) => kept && change({ vm: { ...kept, ...part } }),
  };
}
