import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Container } from '#contract';
import { client } from '../../data/client';

/** The details are read again when one of these changed. */
const stamp = ({ state, startedAt, finishedAt, health, failingStreak, restartCount, name }: Container) =>
  [state, startedAt, finishedAt, health, failingStreak, restartCount, name].join(' ');

/** What only an inspect tells of a container. While it is read again, what was known stays. */
export function useDetails(container: Container) {
  const { id } = container;
  return useQuery({
    queryKey: ['container details', id, stamp(container)],
    queryFn: ({ signal }) => client.containers.details({ id }, { signal }),
    placeholderData: keepPreviousData,
  });
}
