import type { z } from 'zod';
import { readJson } from './http';
import type { OciConnection, OciRequest } from './oci-connection';

const pageSize = 1000;
const maxPages = 20;

/** Address of the next page from `Link: </v2/_catalog?last=b&n=2>; rel="next"` (RFC 8288). */
export function nextLink(header: string | null): string | null {
  const match = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(header ?? '');
  return match?.[1] ?? null;
}

/** All names of a list that comes in pages, up to a bound; `complete` tells whether the bound was met. */
export async function allNames<S extends z.ZodType>(
  connection: OciConnection,
  request: OciRequest,
  shape: S,
  namesOf: (page: z.infer<S>) => string[],
): Promise<{ names: string[]; complete: boolean }> {
  const names: string[] = [];
  let path: string | null = `${request.path}?n=${pageSize}`;
  for (let page = 0; page < maxPages && path !== null; page += 1) {
    const answer = await connection.get({ ...request, path });
    names.push(...namesOf(readJson(answer, shape)));
    const link = nextLink(answer.headers.get('link'));
    const target: URL | null = link === null ? null : new URL(link, answer.url);
    // The next page is on the same registry, whatever host the link names (proxies often write a wrong one).
    path = target && target.pathname + target.search;
  }
  return { names, complete: path === null };
}

/** Newest versions first as far as names tell: `latest`, then `1.10` before `1.9`, then other words. */
export function byVersion(one: string, other: string): number {
  if (one === 'latest' || other === 'latest') return one === 'latest' ? -1 : 1;
  const [a, b] = [/^v?\d/.test(one), /^v?\d/.test(other)];
  if (a !== b) return a ? -1 : 1;
  return other.localeCompare(one, 'en', { numeric: true }) * (a ? 1 : -1);
}
