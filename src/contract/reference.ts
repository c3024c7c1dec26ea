/** An image's name taken apart. */
export interface Reference {
  /** `docker.io` when none is written. */
  host: string;
  /** Within the registry: `library/nginx`, `team/app`. */
  repository: string;
  /** Null when a digest stands in its place; `latest` when neither is written. */
  tag: string | null;
  digest: string | null;
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const host =
  '(?:localhost|[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+|[a-zA-Z0-9-]+(?=:\\d)|\\[[0-9a-fA-F:]+\\])(?::\\d+)?';
/** The grammar of github.com/distribution/reference. */
const grammar = new RegExp(
  `^(?:(${host})/)?(${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$`,
);

/** Reads a reference as `docker pull` does; null for what is none. */
export function parseReference(text: string): Reference | null {
  const match = grammar.exec(text.trim());
  const path = match?.[2];
  if (!match || path === undefined) return null;
  const written = match[1];
  const hub = written === undefined || written === 'docker.io' || written === 'index.docker.io';
  const digest = match[4] ?? null;
  return {
    host: hub ? 'docker.io' : written,
    repository: hub && !path.includes('/') ? `library/${path}` : path,
    tag: match[3] ?? (digest ? null : 'latest'),
    digest,
  };
}

/** What people write: `nginx:1.29`, not `docker.io/library/nginx:1.29`. */
export function familiarName({ host: registry, repository }: Pick<Reference, 'host' | 'repository'>): string {
  if (registry !== 'docker.io') return `${registry}/${repository}`;
  return repository.replace(/^library\//, '');
}

export function formatReference(reference: Reference): string {
  const { tag, digest } = reference;
  return `${familiarName(reference)}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}

/**
 * What is meant by words typed into a search: `ubuntu 16.04` and `ubuntu:16.04` are the repository and its tag.
 * A last word is a tag when it holds a digit or is `latest`, `alpine`, `slim` or `stable`.
 */
export function parseSearch(text: string): { term: string; tag: string | null } {
  const words = text.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  if (words.length === 1) {
    const colon = last.lastIndexOf(':');
    const tag = last.slice(colon + 1);
    // A colon before a slash belongs to a registry's port.
    if (colon > 0 && /^[\w][\w.-]*$/.test(tag)) return { term: last.slice(0, colon), tag };
    return { term: last, tag: null };
  }
  const isTag = /^(?:v?\d[\w.-]*|latest|alpine|slim|stable)$/.test(last);
  return isTag ? { term: words.slice(0, -1).join(' '), tag: last } : { term: words.join(' '), tag: null };
}
