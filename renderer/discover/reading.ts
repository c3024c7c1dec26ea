import type { FoundRepository } from '#contract';
import { familiarName, parseReference, parseSearch } from '#contract/reference';

/** What is meant by the text in the search field. */
export type Reading =
  | { kind: 'nothing' }
  /** A name with its registry in it: it is opened, not searched for, so no other registry hears of it. */
  | { kind: 'name'; repository: FoundRepository; tag: string | null; digest: string | null }
  | { kind: 'search'; term: string; tag: string | null };

/** The source that knows a registry's repositories. */
const sourceOfHost = (host: string) => ({ 'docker.io': 'hub', 'quay.io': 'quay' })[host] ?? host;

/** A repository of which nothing but its name is known. */
export function bareRepository(host: string, repository: string): FoundRepository {
  return {
    source: sourceOfHost(host),
    repository,
    reference: familiarName({ host, repository }),
    description: '',
    publisher: host === 'docker.io' ? (repository.split('/')[0] ?? '') : host,
    trust: host === 'docker.io' && repository.startsWith('library/') ? 'official' : 'none',
    pulls: null,
    stars: null,
    updatedAt: null,
    archived: false,
    architectures: [],
  };
}

export function readSearch(text: string): Reading {
  const words = text.trim();
  if (words === '') return { kind: 'nothing' };
  const name = parseReference(words);
  if (
    name &&
    (name.host !== 'docker.io' || /^(?:index\.)?docker\.io\//.test(words) || name.digest !== null)
  ) {
    const { host, repository, digest } = name;
    const said = words.endsWith(`:${name.tag}`);
    return {
      kind: 'name',
      repository: bareRepository(host, repository),
      tag: said ? name.tag : null,
      digest,
    };
  }
  return { kind: 'search', ...parseSearch(words) };
}
