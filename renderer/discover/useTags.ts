import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { FoundRepository, FoundTag } from '#contract';
import { api } from '../data/client';

type Place = Pick<FoundRepository, 'source' | 'repository'>;

/**
 * The tags of a repository, page by page. What a source's list does not tell (digest, platforms, size) is asked for
 * the rows that were on screen. The wanted tag leads the list when its place is on a page that is not loaded.
 */
export function useTags({ source, repository }: Place, filter: string, wanted: string) {
  const pages = useInfiniteQuery(
    api.discover.tags.infiniteOptions({
      input: (next: string | undefined) => ({
        source,
        repository,
        ...(filter === '' ? {} : { filter }),
        ...(next === undefined ? {} : { next }),
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  );
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const loaded = useMemo(() => (pages.data?.pages ?? []).flatMap(({ tags }) => tags), [pages.data]);
  const missing = pages.hasNextPage && wanted.includes(filter) && !loaded.some(({ name }) => name === wanted);
  const sought = useQuery({
    ...api.discover.tag.queryOptions({ input: { source, repository, tag: wanted } }),
    enabled: missing,
  });
  const listed = useMemo(
    () => (missing && sought.data ? [sought.data, ...loaded] : loaded),
    [missing, sought.data, loaded],
  );
  const asked = listed.filter(({ name, platforms }) => platforms.length === 0 && seen.has(name));
  const told = useQueries({
    queries: asked.map(({ name }) =>
      api.discover.tag.queryOptions({ input: { source, repository, tag: name } }),
    ),
    combine: (answers) => ({
      tags: answers.flatMap(({ data }) => (data ? [data] : [])),
      waiting: answers.some(({ isPending }) => isPending),
    }),
  });
  const tags = useMemo(() => {
    const details = new Map(told.tags.map((tag) => [tag.name, tag]));
    return listed.map((tag): FoundTag => {
      const more = details.get(tag.name);
      return more ? { ...more, pushedAt: tag.pushedAt ?? more.pushedAt } : tag;
    });
  }, [listed, told.tags]);
  return {
    tags,
    total: pages.data?.pages[0]?.total ?? null,
    loading: pages.isPending,
    /** Whether the wanted tag may still come. */
    seeking: missing && sought.isFetching,
    loadingMore: pages.isFetchingNextPage,
    error: pages.error,
    hasMore: pages.hasNextPage,
    more: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
    onVisible: (names: readonly string[]) =>
      setSeen((before) =>
        names.every((name) => before.has(name)) ? before : new Set([...before, ...names]),
      ),
  };
}
