import { useMemo } from 'react';
import { create } from 'zustand';
import type { Container } from '#contract';
import { isUp } from '#contract/container-state';
import { useSummedMembers } from './grouping';
import { useLiveStatsOf } from './liveStats';

const useVisibleRows = create<{ ids: readonly string[] }>(() => ({ ids: [] }));

/** The list says which containers are on screen. */
export const setVisibleRows = (ids: readonly string[]): void => useVisibleRows.setState({ ids });

/**
 * Follows the load of containers on screen that run, or will again in a moment, and of the members of the projects
 * on screen. Shows nothing: it is a component so that scrolling renders it and not the list.
 */
export function FollowedStats({ containers }: { containers: readonly Container[] }) {
  const visible = useVisibleRows((now) => now.ids);
  const summed = useSummedMembers();
  const wanted = useMemo(() => {
    const on = new Set([...visible, ...[...summed.values()].flat()]);
    return containers.filter((container) => on.has(container.id) && isUp(container)).map(({ id }) => id);
  }, [containers, visible, summed]);
  useLiveStatsOf(wanted);
  return null;
}
