import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import type { OciConnection } from './oci-connection';
import { OciRepository, type Platform } from './oci-manifest';
import { allNames, byVersion } from './oci-names';
import { notSearchable } from './problems';
import { isRepository, isTag, noResults, type Source, slice } from './source';
import type { TtlCache } from './ttl-cache';

const resultsPerPage = 25;
const tagsPerPage = 50;
/** A name list is remembered while its pages are looked at; a push shows up soon after. */
const listLifetimeMs = 5_000;

const catalogAnswer = z.object({ repositories: z.array(z.string()).nullable() });
const tagsAnswer = z.object({ tags: z.array(z.string()).nullable() });

/** Registries of the public that refuse to list what they hold. */
const withoutSearch =
  /^(?:ghcr\.io|gcr\.io|.+\.gcr\.io|.+\.pkg\.dev|registry\.k8s\.io|public\.ecr\.aws|.+\.amazonaws\.com|registry\.gitlab\.com)$/;
export const hasCatalog = (host: string) => !withoutSearch.test(host);

/** Registries of the public keep their list to themselves, whoever asks. */
const refusesCatalog = (error: unknown, signedIn: boolean) =>
  error instanceof ProblemError &&
  ['registry-not-found', 'registry-refused', ...(signedIn ? ['sign-in-needed'] : [])].includes(
    error.problem.code,
  );

/** Any registry that speaks the OCI distribution interface, searched by its list of repositories. */
export class OciSource implements Source {
  constructor(
    private readonly connection: OciConnection,
    private readonly cache: TtlCache,
    private readonly here: () => Platform,
  ) {}

  async search({ term, trust, next }: Parameters<Source['search']>[0], signal: AbortSignal) {
    const { host } = this.connection;
    if (trust !== undefined && trust !== 'yours') return noResults;
    if (!hasCatalog(host)) throw notSearchable(host);
    const words = term.toLowerCase().split(/\s+/);
    const { names, complete } = await this.#repositories(signal);
    const matching = names.filter((name) => words.every((word) => name.includes(word)));
    const { items, next: following } = slice(matching, next, resultsPerPage);
    return {
      results: items.map((repository) => ({
        source: host,
        repository,
        reference: `${host}/${repository}`,
        description: '',
        publisher: host,
        trust: 'yours' as const,
        pulls: null,
        stars: null,
        updatedAt: null,
        archived: false,
        architectures: [],
      })),
      total: complete ? matching.length : null,
      next: following,
    };
  }

  async tags({ repository, filter, next }: Parameters<Source['tags']>[0], signal: AbortSignal) {
    const { names, complete } = await this.cache.remember(
      `tags ${this.connection.host} ${repository}`,
      listLifetimeMs,
      async () => {
        const list = await allNames(
          this.connection,
          {
            path: `/v2/${repository}/tags/list`,
            scope: `repository:${repository}:pull`,
            what: repository,
            signal,
          },
          tagsAnswer,
          ({ tags }) => tags ?? [],
        );
        return { ...list, names: list.names.filter(isTag).sort(byVersion) };
      },
    );
    const wanted = filter?.toLowerCase() ?? '';
    const matching = names.filter((name) => name.toLowerCase().includes(wanted));
    const { items, next: following } = slice(matching, next, tagsPerPage);
    return {
      tags: items.map((name) => ({ name, digest: null, downloadBytes: null, platforms: [], pushedAt: null })),
      total: complete ? matching.length : null,
      next: following,
    };
  }

  tag(repository: string, tag: string, signal: AbortSignal) {
    return new OciRepository(this.connection, repository).tag(tag, this.here(), signal);
  }

  image(repository: string, tag: string, signal: AbortSignal) {
    return new OciRepository(this.connection, repository).image(tag, this.here(), signal);
  }

  async about() {
    return '';
  }

  async pullsLeft() {
    return null;
  }

  async #repositories(signal: AbortSignal) {
    const { connection } = this;
    try {
      return await this.cache.remember(`catalog ${connection.host}`, listLifetimeMs, async () => {
        const list = await allNames(
          connection,
          { path: '/v2/_catalog', scope: 'registry:catalog:*', what: 'The list of repositories', signal },
          catalogAnswer,
          ({ repositories }) => repositories ?? [],
        );
        return { ...list, names: list.names.filter(isRepository) };
      });
    } catch (error) {
      const refused = refusesCatalog(error, await connection.isSignedIn());
      throw refused ? notSearchable(connection.host) : error;
    }
  }
}
