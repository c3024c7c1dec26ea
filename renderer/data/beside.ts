import { create } from 'zustand';
import type { EngineBeside } from '#contract';
import { client } from './client';
import { followWhileVisible } from './follow';

const useBesideStore = create<{ beside: EngineBeside | null }>(() => ({ beside: null }));

/** Follows the engine that is connected beside the shown one. Returns what ends it. */
export const followBeside = () =>
  followWhileVisible(
    (signal) => client.engine.beside(undefined, { signal }),
    (beside) => useBesideStore.setState({ beside }),
  );

/** The engine that is connected beside the shown one; null while there is none. */
export const useBeside = (): EngineBeside | null => useBesideStore(({ beside }) => beside);
