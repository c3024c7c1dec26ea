import type { FoundTag, PullsLeft, RemoteImage, SearchPage, TagPage } from '#contract';

export interface SearchQuestion {
  term: string;
  trust?: 'official' | 'verified' | 'sponsored' | 'yours' | 'none' | undefined;
  sort?: 'best' | 'pulls' | 'updated' | undefined;
  next?: string | undefined;
}

export interface TagsQuestion {
  repository: string;
  filter?: string | undefined;
  next?: string | undefined;
}

/** A place with images. All methods throw ProblemError, and end when their signal does. */
export interface Source {
  search(question: SearchQuestion, signal: AbortSignal): Promise<SearchPage>;
  tags(question: TagsQuestion, signal: AbortSignal): Promise<TagPage>;
  tag(repository: string, tag: string, signal: AbortSignal): Promise<FoundTag>;
  image(repository: string, tag: string, signal: AbortSignal): Promise<RemoteImage>;
  /** The repository's long description; empty where the source has none. */
  about(repository: string, signal: AbortSignal): Promise<string>;
  /** Null where pulls are not counted. */
  pullsLeft(signal: AbortSignal): Promise<PullsLeft | null>;
}

export const noResults: SearchPage = { results: [], total: 0, next: null };

/** A page of a list that is there as a whole. `next` is the place where the following page begins. */
export function slice<T>(
  all: T[],
  next: string | undefined,
  size: number,
): { items: T[]; next: string | null } {
  const start = Number(next ?? 0) || 0;
  const end = start + size;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : null };
}

const grammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** Whether a text can stand in an address as a repository. */
export const isRepository = (text: string) => text.length < 256 && grammar.test(text);
export const isTag = (text: string) => /^\w[\w.-]{0,127}$/.test(text);
