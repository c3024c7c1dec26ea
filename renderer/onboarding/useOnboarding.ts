import { useEffect } from 'react';
import type { Settings } from '#contract';
import type { ProblemAction } from '#contract/problem';
import { runVmAction } from '../engine/orders';
import { useSettings } from '../settings/useSettings';

export type Step = Settings['onboarding'];

/** Set once the first steps are over, so that later starts need not wait for the settings to show the window. */
const KEY = 'gantry.onboarded';

/** Where the first steps are, kept between starts, and how they go on. Null until the settings are known. */
export function useOnboarding() {
  const { settings, change } = useSettings();
  const step = settings?.onboarding;
  useEffect(() => {
    if (step === 'done') localStorage.setItem(KEY, '1');
    else if (step) localStorage.removeItem(KEY);
  }, [step]);
  const now: Step | null = step ?? (localStorage.getItem(KEY) ? 'done' : null);
  const go = (next: Step) => change({ onboarding: next });
  return {
    step: now,
    go,
    /** Does what a problem offers. Pages are in the window, which comes after the first steps. */
    act: (action: ProblemAction) => {
      if (action.kind === 'open') go('done');
      void runVmAction(action);
    },
  };
}
