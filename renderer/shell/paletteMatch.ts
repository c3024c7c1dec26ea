export interface PaletteText {
  label: string;
  /** Quiet text behind the label; it is searched too. */
  hint?: string | undefined;
  keywords?: string;
}

const SEPARATORS = /[\s/:._-]+/;

/** How well an item answers a query: 0 is not at all. Every word of the query must be found. */
export function paletteScore(item: PaletteText, query: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const label = item.label.toLowerCase();
  const starts = label.split(SEPARATORS);
  const rest = `${item.hint ?? ''} ${item.keywords ?? ''}`.toLowerCase();
  let score = 1;
  for (const word of words) {
    if (starts.some((start) => start.startsWith(word))) score += 4;
    else if (label.includes(word)) score += 2;
    else if (rest.includes(word)) score += 1;
    else return 0;
  }
  return label.startsWith(query.toLowerCase().trim()) ? score + 2 : score;
}

/** The best items for a query, best first; equal ones keep their order. */
export function paletteMatches<T extends PaletteText>(items: readonly T[], query: string, max: number): T[] {
  return items
    .map((item, index) => ({ item, index, score: paletteScore(item, query) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, max)
    .map((entry) => entry.item);
}
