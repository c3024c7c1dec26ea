import type { CatalogueEntry, FoundRepository } from '#contract';
import { parseReference } from '#contract/reference';
import { bareRepository } from './reading';

export type Sort = 'best' | 'pulls' | 'updated';

export const resultId = ({ source, repository }: Pick<FoundRepository, 'source' | 'repository'>) =>
  `${source} ${repository}`;

/** The name that a result goes by in lists: without its registry, which stands beside it. */
export const shortName = ({ repository, source }: Pick<FoundRepository, 'repository' | 'source'>) =>
  source === 'hub' ? repository.replace(/^library\//, '') : repository;

/** How far a repository is what was asked for by name: 2 exactly, 1 as the last part of a name in one's own registry. */
function nameMatch(found: FoundRepository, term: string): number {
  if (shortName(found) === term) return 2;
  return found.trust === 'yours' && found.repository.endsWith(`/${term}`) ? 1 : 0;
}

/**
 * One list of what several sources found. Each source's own order is kept as its opinion: the first of each, then the
 * second of each, and the repository that bears the very name before all.
 */
export function mergeResults(
  lists: readonly (readonly FoundRepository[])[],
  term: string,
  sort: Sort,
): FoundRepository[] {
  const ranked = lists.flatMap((list) => list.map((found, rank) => ({ found, rank })));
  const trusted = (found: FoundRepository) => (found.trust === 'official' ? 1 : 0);
  const by = {
    pulls: ({ found }: (typeof ranked)[number]) => found.pulls ?? -1,
    updated: ({ found }: (typeof ranked)[number]) => found.updatedAt ?? -1,
    best: ({ found }: (typeof ranked)[number]) => nameMatch(found, term) * 2 + trusted(found),
  }[sort];
  return ranked.sort((one, other) => by(other) - by(one) || one.rank - other.rank).map(({ found }) => found);
}

/** Recommended images that fit the words, for when the registries cannot be asked. */
export function catalogueMatches(catalogue: readonly CatalogueEntry[], term: string): FoundRepository[] {
  const words = term.toLowerCase().split(/\s+/);
  return catalogue.flatMap((entry) => {
    const text = [entry.reference, entry.name, entry.category, entry.purpose].join(' ').toLowerCase();
    const name = parseReference(entry.reference);
    if (!name || !words.every((word) => text.includes(word))) return [];
    return [{ ...bareRepository(name.host, name.repository), description: entry.purpose }];
  });
}

/** Whether a repository tells that it holds nothing for this processor. */
export const isForOthers = ({ architectures }: Pick<FoundRepository, 'architectures'>, arch: string) =>
  architectures.length > 0 && !architectures.includes(arch);

const yearMs = 365.25 * 24 * 3_600_000;

/** Whole years since the last update, from two on; null for what is younger or does not tell. */
export function staleYears({ updatedAt }: Pick<FoundRepository, 'updatedAt'>, now: number): number | null {
  if (updatedAt === null) return null;
  const years = Math.floor((now - updatedAt) / yearMs);
  return years >= 2 ? years : null;
}

/** "1B+", "17.6k": counts as the mock of a shop window shows them, for the narrow column of results. */
export function briefCount(count: number): string {
  for (const [size, unit] of [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (count >= size) {
      const value = count / size;
      return `${value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)}${unit}`;
    }
  }
  return String(count);
}
