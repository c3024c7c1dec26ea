import type { Sentence } from './catalogue.mjs';

export function allSentences(): Sentence[];
