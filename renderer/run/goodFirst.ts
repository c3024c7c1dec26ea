import { useQuery } from '@tanstack/react-query';
import type { CatalogueEntry } from '#contract';
import { welcomeImage } from '#contract/images';
import { api } from '../data/client';
import { useProjection } from '../data/projection';

export type FirstImage = Pick<CatalogueEntry, 'reference' | 'tag' | 'name' | 'purpose'>;

/** Gantry's VM brings it along. */
const welcome: FirstImage = {
  reference: 'gantry/welcome',
  tag: 'latest',
  name: 'Welcome',
  purpose: 'A small web page, served by a container. It is here already: no download.',
};

/** Something to look at, something with data, something to type into, something for another program. */
const good = ['nginx', 'postgres', 'ubuntu', 'redis'];

/**
 * Up to `count` images that show a newcomer what a container is; one that needs no network comes first.
 * @param canHaveWelcome whether the engine can be given that one where it does not have it
 */
export function useGoodFirst(count: number, canHaveWelcome = false): FirstImage[] {
  const { data } = useQuery(api.discover.catalogue.queryOptions());
  const hasWelcome = useProjection((now) => now.images.list.some(({ tags }) => tags.includes(welcomeImage)));
  const known = good.flatMap((name) => data?.find(({ reference }) => reference === name) ?? []);
  return [...(hasWelcome || canHaveWelcome ? [welcome] : []), ...known].slice(0, count);
}
