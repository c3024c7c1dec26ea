import { closestMatch } from 'leven';
import { z } from 'zod';
import content from '#assets/catalogue.json';
import type { CatalogueEntry } from '#contract';
import { catalogueEntry } from '#contract/discover';
import { familiarName, parseReference } from '#contract/reference';

/** Images that are good to begin with, and how they are run. Part of the program, so it is there without a network. */
export const catalogue: readonly CatalogueEntry[] = z.array(catalogueEntry).parse(content);

const byName = new Map(catalogue.map((entry) => [entry.reference, entry]));

/** What the catalogue knows about an image, whatever its tag. */
export function lookUp(reference: string): CatalogueEntry | undefined {
  const parsed = parseReference(reference);
  return parsed ? byName.get(familiarName(parsed)) : undefined;
}

/** An image of the catalogue that this name differs from by a slip of the fingers. */
export function similarTo(reference: string): string | undefined {
  const parsed = parseReference(reference);
  const name = parsed ? familiarName(parsed) : '';
  if (byName.has(name)) return undefined;
  // In a short name two other letters make another word.
  return closestMatch(name, [...byName.keys()], { maxDistance: name.length < 5 ? 1 : 2 });
}
