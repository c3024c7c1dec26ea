import type { Container, Network } from '#contract';

/** A container's place in a network; until its first start the engine tells only the network's name. */
const placeIn = ({ networks }: Container, { id, name }: Network) =>
  networks.find((place) => (place.id === '' ? place.name === name : place.id === id));

/** Containers that are connected to a network, running or not, by name. */
export const membersOf = (network: Network, containers: readonly Container[]): Container[] =>
  containers
    .filter((container) => placeIn(container, network) !== undefined)
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));

/** Its address in the network; empty while it does not run. */
export const addressIn = (container: Container, network: Network): string =>
  placeIn(container, network)?.ip ?? '';

/** What a network of the engine is for, which nobody can be connected to later. */
const special: Record<string, string> = {
  host: 'shares the engine’s own network',
  none: 'no network at all',
};

export const meaningOf = ({ predefined, name }: Network): string | undefined =>
  predefined ? special[name] : undefined;

/** Why containers cannot be connected or disconnected; undefined when they can. */
export const fixedReason = (network: Network): string | undefined =>
  meaningOf(network) === undefined ? undefined : 'A container joins it only when it is made';

export const KEPT_REASON = 'The engine made it and needs it';

export const madeBy = ({ predefined, project }: Network): string =>
  predefined ? 'the engine' : (project ?? '');

export type Segment = 'all' | 'used' | 'unused' | 'internal';

export function isIn(network: Network, members: readonly Container[], segment: Segment): boolean {
  if (segment === 'used') return members.length > 0;
  if (segment === 'unused') return members.length === 0 && !network.predefined;
  return segment === 'all' || network.internal;
}

/** Whether every word of the filter is somewhere in what the row shows. */
export function matchesText(network: Network, members: readonly Container[], filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [
    network.name,
    network.driver,
    network.project ?? '',
    network.id.slice(0, 12),
    ...network.subnets.map(({ subnet }) => subnet),
    ...members.map(({ name }) => name),
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
