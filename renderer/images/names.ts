import type { Container, Image } from '#contract';
import { shortId } from '#ui/format';

/** A reference taken apart where its tag begins; a colon before a slash belongs to a registry's port. */
function splitTag(reference: string): { name: string; tag: string } {
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { name: reference, tag: '' };
  return { name: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

export interface ImageName {
  /** `nginx`; null when no name is left. */
  name: string | null;
  /** Its tags under this name. */
  tags: string[];
  /** Names in other repositories, whole. */
  others: string[];
}

/** How a list names an image: the repository of its first tag, and what else it is called. */
export function nameOf({ tags, digests }: Pick<Image, 'tags' | 'digests'>): ImageName {
  const [first] = tags;
  if (first === undefined) {
    const name = digests[0]?.split('@')[0];
    return { name: name && name !== '<none>' ? name : null, tags: [], others: [] };
  }
  const { name } = splitTag(first);
  const own = tags.filter((tag) => splitTag(tag).name === name);
  return {
    name,
    tags: own.map((tag) => splitTag(tag).tag),
    others: tags.filter((tag) => !own.includes(tag)),
  };
}

/** What `docker run` and a person can call it: a tag, a digest, or its short id. */
export const referenceOf = ({ id, tags, digests }: Image): string => tags[0] ?? digests[0] ?? shortId(id);

/** The same for titles, where a whole digest would be noise. */
export const titleOf = (image: Image): string => image.tags[0] ?? nameOf(image).name ?? shortId(image.id);

/** Every name that `docker rmi` has to take away for the image to go. */
export const namesToRemove = (image: Image): string[] =>
  image.tags.length > 0 ? image.tags : [shortId(image.id)];

export type Segment = 'all' | 'used' | 'unused' | 'dangling';

type Usage = ReadonlyMap<string, readonly Container[]>;

/** Each image is in one of these: used by a container, unused but named, or unused without a tag. */
export function segmentOf(image: Image, usage: Usage): Exclude<Segment, 'all'> {
  if (usage.has(image.id)) return 'used';
  return image.tags.length > 0 ? 'unused' : 'dangling';
}

export function countSegments(images: readonly Image[], usage: Usage): Record<Segment, number> {
  const counts = { all: images.length, used: 0, unused: 0, dangling: 0 };
  for (const image of images) counts[segmentOf(image, usage)]++;
  return counts;
}

/** Whether every word of the filter is in a name, the id, or the name of a container made from it. */
export function matchesText(image: Image, filter: string, users: readonly Container[] = []): boolean {
  const text = [...image.tags, ...image.digests, image.id, ...users.map(({ name }) => name)]
    .join(' ')
    .toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
