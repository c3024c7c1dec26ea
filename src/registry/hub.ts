import type { SearchPage } from '#contract';
import { ProblemError } from '#contract/problem';
import type { Http } from './http';
import * as answers from './hub-answers';
import { readPullsLeft } from './hub-pulls';
import type { OciSource } from './oci';
import type { OciConnection } from './oci-connection';
import { notFound } from './problems';
import {
  isRepository,
  isTag,
  noResults,
  type SearchQuestion,
  type Source,
  type TagsQuestion,
} from './source';
import { plainText } from './text';

const resultsPerPage = 25;
const tagsPerPage = 50;
/** The search refuses to go further than this: from + size. */
const searchDepth = 2_500;

const badges: Partial<Record<NonNullable<SearchQuestion['trust']>, string>> = {
  official: 'official',
  verified: 'verified_publisher',
  sponsored: 'open_source',
};
const sorts: Partial<Record<NonNullable<SearchQuestion['sort']>, string>> = {
  pulls: 'pull_count',
  updated: 'updated_at',
};

/** The engine's own search, which asks Docker Hub in its turn. */
export type EngineSearch = (term: string, signal: AbortSignal) => Promise<answers.EngineResult[]>;

export interface HubOptions {
  http: Http;
  /** `https://hub.docker.com` */
  base: URL;
  /** The registry behind the site, for manifests. */
  oci: OciSource;
  registry: OciConnection;
  searchEngine: EngineSearch;
  platform: () => { os: string; arch: string };
}

/** Whether another way may still answer: not when Docker Hub asks for a pause, and not after an abort. */
const mayFallThrough = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.problem.code !== 'registry-limit';

/** Docker Hub by the interface of its site. */
export class HubSource implements Source {
  /** Of the search interfaces, which answered last: the older one is not asked again behind a dead newer one. */
  #v4Gone = false;

  constructor(private readonly options: HubOptions) {}

  async search(question: SearchQuestion, signal: AbortSignal): Promise<SearchPage> {
    const { trust, next } = question;
    if (trust === 'yours') return noResults;
    if (next?.startsWith('v2:')) return this.#searchV2(question, signal);
    if (next?.startsWith('v4:')) return this.#searchV4(question, signal);
    try {
      return await this.#searchSite(question, signal);
    } catch (error) {
      if (!mayFallThrough(error)) throw error;
      return this.#searchEngine(question, signal, error);
    }
  }

  async tags({ repository, filter, next }: TagsQuestion, signal: AbortSignal) {
    const page = Number(next ?? 1) || 1;
    const url = this.#url(`/v2/namespaces/${path(repository)}/tags`, {
      page: String(page),
      page_size: String(tagsPerPage),
      ...(filter ? { name: filter } : {}),
    });
    const answer = await this.#known(repository, () =>
      this.options.http.json(url, answers.tagList, { signal }),
    );
    return {
      tags: answer.results
        .filter(({ name }) => isTag(name))
        .map((tag) => answers.readTag(tag, this.options.platform())),
      total: answer.count ?? null,
      next: answer.next ? String(page + 1) : null,
    };
  }

  async tag(repository: string, tag: string, signal: AbortSignal) {
    const url = this.#url(`/v2/namespaces/${path(repository)}/tags/${tag}`, {});
    const answer = await this.#known(`${repository}:${tag}`, () =>
      this.options.http.json(url, answers.tag, { signal }),
    );
    return answers.readTag(answer, this.options.platform());
  }

  image(repository: string, tag: string, signal: AbortSignal) {
    return this.options.oci.image(repository, tag, signal);
  }

  async about(repository: string, signal: AbortSignal) {
    const url = this.#url(`/v2/namespaces/${path(repository)}`, {});
    const answer = await this.#known(repository, () =>
      this.options.http.json(url, answers.about, { signal }),
    );
    return plainText(answer.full_description || answer.description || '');
  }

  pullsLeft(signal: AbortSignal) {
    return readPullsLeft(this.options.registry, signal);
  }

  async #searchSite(question: SearchQuestion, signal: AbortSignal): Promise<SearchPage> {
    if (this.#v4Gone) return this.#searchV2(question, signal);
    try {
      return await this.#searchV4(question, signal);
    } catch (error) {
      const code = error instanceof ProblemError ? error.problem.code : '';
      if (!['registry-refused', 'registry-failed', 'registry-not-understood'].includes(code)) throw error;
      const page = await this.#searchV2(question, signal);
      this.#v4Gone = code === 'registry-refused';
      return page;
    }
  }

  async #searchV4({ term, trust, sort, next }: SearchQuestion, signal: AbortSignal): Promise<SearchPage> {
    const from = Number(next?.slice('v4:'.length) ?? 0) || 0;
    const badge = trust && badges[trust];
    const order = sort && sorts[sort];
    const url = this.#url('/api/search/v4', {
      query: term,
      type: 'image',
      from: String(from),
      size: String(resultsPerPage),
      ...(badge ? { badges: badge } : {}),
      ...(order ? { sort: order, order: 'desc' } : {}),
    });
    const { total, results } = await this.options.http.json(url, answers.searchV4, { signal });
    const end = from + resultsPerPage;
    return {
      results: results.map(answers.readV4).filter(fits(trust)),
      total,
      next: end < total && end + resultsPerPage <= searchDepth && results.length > 0 ? `v4:${end}` : null,
    };
  }

  async #searchV2({ term, trust, sort, next }: SearchQuestion, signal: AbortSignal): Promise<SearchPage> {
    const page = Number(next?.slice('v2:'.length) ?? 1) || 1;
    const url = this.#url('/v2/search/repositories/', {
      query: term,
      page: String(page),
      page_size: String(resultsPerPage),
    });
    const { count, next: more, results } = await this.options.http.json(url, answers.searchV2, { signal });
    return {
      results: sorted(results.map(answers.readV2).filter(fits(trust)), sort),
      total: count ?? null,
      next: more ? `v2:${page + 1}` : null,
    };
  }

  async #searchEngine(question: SearchQuestion, signal: AbortSignal, why: ProblemError): Promise<SearchPage> {
    let found: answers.EngineResult[];
    try {
      found = await this.options.searchEngine(question.term, signal);
    } catch {
      signal.throwIfAborted();
      // The engine asks Docker Hub too: what kept Gantry from it is the more direct reason.
      throw why;
    }
    const results = found.map(answers.readEngine).filter(fits(question.trust));
    return { results: sorted(results, question.sort), total: results.length, next: null };
  }

  #url(pathname: string, query: Record<string, string>): URL {
    const url = new URL(pathname, this.options.base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  async #known<T>(what: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const missing =
        error instanceof ProblemError &&
        error.problem.code === 'registry-refused' &&
        /\(404\)/.test(error.problem.title);
      throw missing ? notFound(what, 'Docker Hub') : error;
    }
  }
}

/** `library/ubuntu` as `library/repositories/ubuntu` */
const path = (repository: string) => {
  const [namespace, ...rest] = repository.split('/');
  return `${namespace}/repositories/${rest.join('/')}`;
};

type Found = SearchPage['results'][number];

const fits = (trust: SearchQuestion['trust']) => (found: Found) =>
  isRepository(found.repository) && (trust === undefined || found.trust === trust);

function sorted(results: Found[], sort: SearchQuestion['sort']): Found[] {
  if (sort === 'pulls') return results.sort((one, other) => (other.pulls ?? 0) - (one.pulls ?? 0));
  if (sort === 'updated') return results.sort((one, other) => (other.updatedAt ?? 0) - (one.updatedAt ?? 0));
  return results;
}
