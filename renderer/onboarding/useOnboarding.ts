import { useEffect } from 'react';
import type { Settings } from '#contract';
import { useSettings } from '../settings/useSettings';

export type Step = Settings['onboarding'];

/** Set once the first steps are over, so that later starts need not wait for the settings to show the window. */
const KEY = 'gantry.onboarded';

/** Where the first steps are, kept between starts, and how they go on. Null until the settings are known. */
export function useOnboarding(): { step: Step | null; go: (step: Step) => void } {
  const { settings, change } = useSettings();
  const step = settings?.onboarding;
  useEffect(() => {
    if (step === 'done') localStorage.setItem(KEY, '1');
    else if (step) localStorage.removeItem(KEY);
  }, [step]);
  return {
    step: step ?? (localStorage.getItem(KEY) ? 'done' : null),
    go: (next) => change({ onboarding: next }),
  };
}
