import type { LineStore } from './LineStore';

/** Hits beyond these are counted no more: nobody steps through them. */
export const hitLimit = 20_000;

export interface Hit {
  line: number;
  /** Where in the line's text without escapes. */
  at: number;
}

/** Adds the hits of a text, upper and lower case alike, in the lines from `from` on. */
export function findHits(
  store: LineStore,
  wanted: string,
  options: { from: number; errors: boolean | null },
  hits: Hit[] = [],
): Hit[] {
  const needle = wanted.toLowerCase();
  if (needle === '') return hits;
  store.scanText(options.from, (line, text, error) => {
    if (hits.length >= hitLimit || (options.errors !== null && options.errors !== error)) return;
    const lower = text.toLowerCase();
    // A few letters change their length with their case; then the places would be wrong.
    const low = lower.length === text.length ? lower : text;
    for (
      let at = low.indexOf(needle);
      at >= 0 && hits.length < hitLimit;
      at = low.indexOf(needle, at + needle.length)
    ) {
      hits.push({ line, at });
    }
  });
  return hits;
}

/** The first hit at or after a line; its place in the list. -1 when there is none at all. */
export function hitFrom(hits: readonly Hit[], line: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low === hits.length ? hits.length - 1 : low;
}
