import { create } from 'zustand';
import { checkEngineConfig } from '#contract/engine-config';
import type { Problem } from '#contract/problem';
import { useSettings } from '../../useSettings';

interface Draft {
  /** What was typed and not applied; null follows the settings. */
  text: string | null;
  /** Why the last Apply failed. */
  problem: Problem | null;
}

/** Outside of the page, so that what was typed is still there after a look elsewhere. */
const useDraft = create<Draft>(() => ({ text: null, problem: null }));

export const edit = (text: string): void => useDraft.setState({ text });
export const discard = (): void => useDraft.setState({ text: null, problem: null });
export const setProblem = (problem: Problem | null): void => useDraft.setState({ problem });

/** The daemon.json of Gantry's VM as the page shows it. */
export function useEngineConfig() {
  const { settings } = useSettings();
  const { text: typed, problem } = useDraft();
  const kept = settings?.vm.engineConfig ?? '';
  const text = typed ?? kept;
  const findings = checkEngineConfig(text);
  return {
    /** Whether the settings are there. */
    loaded: settings !== undefined,
    kept,
    text,
    changed: text.trim() !== kept.trim(),
    findings,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    problem,
  };
}
