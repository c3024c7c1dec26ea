import { create } from 'zustand';
import type { EngineBeside } from '#contract';
import { client } from './client';
import { followForever, whileVisible } from './follow';

const useBesideStore = create<{ beside: EngineBeside | null }>(() => ({ beside: null }));

/** Follows the engine that is connected beside the shown one while the page is visible. Returns what ends it. */
export function followBeside(): () => void {
  return whileVisible((signal) => {
    void followForever(
      (inner) => client.engine.beside(undefined, { signal: inner }),
      (beside) => useBesideStore.setState({ beside }),
      signal,
    );
  });
}

/** The engine that is connected beside the shown one; null while there is none. */
export const useBeside = (): EngineBeside | null => useBesideStore(({ beside }) => beside);
