import type { Provoke } from './bench';
import { provokedByConnection } from './connection';
import { provokedByContainers, provokedLastWords, provokedStates } from './containers';
import { provokedByImages } from './images';
import { provokedByNetworks } from './networks';

/** How each entry of the catalogue is provoked, by its list and code. */
export const provoked: Record<'said' | 'lastWords' | 'states', Record<string, Provoke>> = {
  said: {
    ...provokedByContainers,
    ...provokedByImages,
    ...provokedByNetworks,
    ...provokedByConnection,
  },
  lastWords: provokedLastWords,
  states: provokedStates,
};
