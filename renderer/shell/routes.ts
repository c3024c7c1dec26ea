export type Route =
  | { page: 'home' }
  | { page: 'containers'; id?: string; tab?: string }
  | { page: 'images'; id?: string; tab?: string }
  | { page: 'volumes'; name?: string; tab?: string }
  | { page: 'networks'; id?: string; tab?: string }
  | { page: 'discover'; q?: string; source?: string; repository?: string }
  | { page: 'learn'; lesson?: string }
  | { page: 'settings'; section?: string }
  | { page: 'kit' };

export type PageId = Route['page'];

/** A route as the hash of the address: `#/containers/3f2a/logs`, `#/discover?q=redis`. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'containers':
    case 'images':
    case 'networks':
      return path(route.page, route.id, route.id === undefined ? undefined : route.tab);
    case 'volumes':
      return path(route.page, route.name, route.name === undefined ? undefined : route.tab);
    case 'settings':
      return path(route.page, route.section);
    case 'learn':
      return path(route.page, route.lesson);
    case 'discover':
      return path(route.page) + query({ q: route.q, source: route.source, repository: route.repository });
    case 'home':
    case 'kit':
      return path(route.page);
  }
}

function path(...parts: (string | undefined)[]): string {
  return `#/${parts
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join('/')}`;
}

function query(values: Record<string, string | undefined>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) search.set(key, value);
  return search.size > 0 ? `?${search}` : '';
}

/** The route of a hash; null when it names no page, so that a stale address leads nowhere wrong. */
export function parseRoute(hash: string): Route | null {
  const [pathText = '', queryText = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parts = decodeParts(pathText);
  if (!parts) return null;
  const [page, first, second] = parts;
  switch (page) {
    case 'home':
    case 'kit':
      return { page };
    case 'containers':
    case 'images':
    case 'networks':
      return { page, ...named('id', first), ...named('tab', first && second) };
    case 'volumes':
      return { page, ...named('name', first), ...named('tab', first && second) };
    case 'settings':
      return { page, ...named('section', first) };
    case 'learn':
      return { page, ...named('lesson', first) };
    case 'discover': {
      const search = new URLSearchParams(queryText);
      return {
        page,
        ...named('q', search.get('q')),
        ...named('source', search.get('source')),
        ...named('repository', search.get('repository')),
      };
    }
    default:
      return null;
  }
}

function decodeParts(text: string): string[] | null {
  try {
    return text.split('/').map(decodeURIComponent);
  } catch {
    // A lone percent sign: not an address of ours.
    return null;
  }
}

function named<K extends string>(key: K, value: string | null | undefined): { [P in K]?: string } {
  return value ? ({ [key]: value } as { [P in K]?: string }) : {};
}
