import { connectionEntries } from './connection';
import { containerEntries } from './containers';
import type { LastWordsEntry, SaidEntry, StateEntry } from './entry';
import { imageEntries } from './images';
import { lastWordsEntries } from './last-words';
import { mountEntries } from './mounts';
import { networkEntries } from './networks';
import { portEntries } from './ports';
import { pullEntries } from './pulls';
import { startEntries } from './start';
import { stateEntries } from './states';
import { volumeEntries } from './volumes';

/**
 * Everything that Gantry can explain: what the engine says, what a container said last, how it ended or is. Each list
 * is tried in its order, and the first entry that fits speaks. What fits none is shown in its own words.
 */
export const catalogue: {
  readonly said: readonly SaidEntry[];
  readonly lastWords: readonly LastWordsEntry[];
  readonly states: readonly StateEntry[];
} = {
  said: [
    ...portEntries,
    ...mountEntries,
    ...startEntries,
    ...containerEntries,
    ...volumeEntries,
    ...networkEntries,
    ...pullEntries,
    ...imageEntries,
    ...connectionEntries,
  ],
  lastWords: lastWordsEntries,
  states: stateEntries,
};
