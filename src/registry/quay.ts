import { z } from 'zod';
import type { FoundTag } from '#contract';
import type { Http } from './http';
import type { OciSource } from './oci';
import {
  isRepository,
  isTag,
  noResults,
  type SearchQuestion,
  type Source,
  type TagsQuestion,
} from './source';
import { plainLine, plainText } from './text';

const tagsPerPage = 50;

const searchAnswer = z.object({
  results: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      namespace: z.object({ name: z.string() }).nullish(),
      description: z.string().nullish(),
      last_modified: z.number().nullish(),
    }),
  ),
  has_additional: z.boolean().nullish(),
});

const tagsAnswer = z.object({
  tags: z.array(
    z.object({
      name: z.string(),
      manifest_digest: z.string().nullish(),
      size: z.number().nullish(),
      is_manifest_list: z.boolean().nullish(),
      start_ts: z.number().nullish(),
    }),
  ),
  has_additional: z.boolean().nullish(),
});

const aboutAnswer = z.object({ description: z.string().nullish() });

export interface QuayOptions {
  http: Http;
  /** `https://quay.io` */
  base: URL;
  /** The registry at the same place, for manifests. */
  oci: OciSource;
}

/** Quay.io by the interface of its site, without a sign-in. */
export class QuaySource implements Source {
  constructor(private readonly options: QuayOptions) {}

  async search({ term, trust, sort, next }: SearchQuestion, signal: AbortSignal) {
    // Quay marks no publisher as trusted.
    if (trust !== undefined && trust !== 'none') return noResults;
    const page = Number(next ?? 1) || 1;
    const url = this.#url('/api/v1/find/repositories', { query: term, page: String(page) });
    const answer = await this.options.http.json(url, searchAnswer, { signal });
    const results = answer.results
      .filter(({ kind, namespace }) => kind === 'repository' && namespace)
      .map(({ name, namespace, description, last_modified }) => {
        const repository = `${namespace?.name}/${name}`;
        return {
          source: 'quay',
          repository,
          reference: `quay.io/${repository}`,
          description: firstLine(description ?? ''),
          publisher: plainLine(namespace?.name ?? ''),
          trust: 'none' as const,
          pulls: null,
          stars: null,
          updatedAt: last_modified ? last_modified * 1000 : null,
          archived: false,
          architectures: [],
        };
      })
      .filter(({ repository }) => isRepository(repository));
    if (sort === 'updated') results.sort((one, other) => (other.updatedAt ?? 0) - (one.updatedAt ?? 0));
    return { results, total: null, next: answer.has_additional ? String(page + 1) : null };
  }

  async tags({ repository, filter, next }: TagsQuestion, signal: AbortSignal) {
    const page = Number(next ?? 1) || 1;
    const url = this.#url(`/api/v1/repository/${repository}/tag/`, {
      page: String(page),
      limit: String(tagsPerPage),
      onlyActiveTags: 'true',
      ...(filter ? { filter_tag_name: `like:${filter}` } : {}),
    });
    const answer = await this.options.http.json(url, tagsAnswer, { signal });
    return {
      tags: answer.tags
        .filter(({ name }) => isTag(name))
        .map(
          (tag): FoundTag => ({
            name: tag.name,
            digest: tag.manifest_digest ? plainLine(tag.manifest_digest, 200) : null,
            // Of a list, Quay tells no size.
            downloadBytes: tag.is_manifest_list ? null : (tag.size ?? null),
            platforms: [],
            pushedAt: tag.start_ts ? tag.start_ts * 1000 : null,
          }),
        ),
      total: null,
      next: answer.has_additional ? String(page + 1) : null,
    };
  }

  tag(repository: string, tag: string, signal: AbortSignal) {
    return this.options.oci.tag(repository, tag, signal);
  }

  image(repository: string, tag: string, signal: AbortSignal) {
    return this.options.oci.image(repository, tag, signal);
  }

  async about(repository: string, signal: AbortSignal) {
    const url = this.#url(`/api/v1/repository/${repository}`, {});
    return plainText((await this.options.http.json(url, aboutAnswer, { signal })).description ?? '');
  }

  async pullsLeft() {
    return null;
  }

  #url(pathname: string, query: Record<string, string>): URL {
    const url = new URL(pathname, this.options.base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }
}

/** Quay's descriptions are whole pages of Markdown; the first line that is a sentence stands for them. */
const firstLine = (markdown: string) =>
  plainLine(markdown.split('\n').find((line) => /^\s*[\p{L}\d]/u.test(line)) ?? '', 300);
