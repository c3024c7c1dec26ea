import { Blocks, Ellipsis, RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Container } from '#contract';
import { isRunning, isUp } from '#contract/container-state';
import { type Group, type Grouping, RowAction, RowActions } from '#ui/DataTable';
import { PlayIcon, StopIcon } from '#ui/icons';
import { formatBytes, formatPercent } from '../../ui/format';
import type { MenuEntry } from '../../ui/menus';
import { cutTip } from '../../ui/tip';
import { act, previewOf, verbs } from '../actions';
import { type Series, useSum } from './liveStats';

/** Containers without a project; no compose project has an empty name. */
const NO_PROJECT = '';

/** More running members than this are summed only as far as they are on screen. */
const SUMMED_MEMBERS = 40;

/** Members of the projects whose row is on screen, folded or not: their sum needs their figures. */
const useSummed = create<{ groups: ReadonlyMap<string, readonly string[]> }>(() => ({ groups: new Map() }));

export const useSummedMembers = (): ReadonlyMap<string, readonly string[]> => useSummed((now) => now.groups);

function setGroup(key: string, ids: readonly string[] | null): void {
  useSummed.setState(({ groups }) => {
    const next = new Map(groups);
    if (ids) next.set(key, ids);
    else next.delete(key);
    return { groups: next };
  });
}

const upIds = ({ items }: Group<Container>) => items.filter(isUp).map(({ id }) => id);

function Sum({ group, figure }: { group: Group<Container>; figure: keyof Series }) {
  const ids = upIds(group);
  const sum = useSum(ids, figure);
  const { key } = group;
  const members = ids.length > SUMMED_MEMBERS ? '' : ids.join(' ');
  useEffect(() => {
    setGroup(key, members.split(' ').filter(Boolean));
    return () => setGroup(key, null);
  }, [key, members]);
  if (sum === null) return null;
  return (
    <span className="text-12 text-fg3 num pl-[54px] max-[1040px]:pl-0">
      {figure === 'cpu' ? formatPercent(sum) : formatBytes(sum)}
    </span>
  );
}

const home = /^(?:\/home\/[^/]+|\/Users\/[^/]+|\/root)(?=\/)/;

function Lead({ group }: { group: Group<Container> }) {
  const { key, items } = group;
  if (key === NO_PROJECT) {
    return (
      <>
        <span className="text-fg2 font-medium">Not part of a project</span>
        <span className="text-fg3 text-12 num">{items.length}</span>
      </>
    );
  }
  const up = items.filter(isRunning).length;
  const file = items.find(({ projectFile }) => projectFile !== null)?.projectFile;
  return (
    <>
      <Blocks size={15} className="text-fg2 shrink-0" aria-hidden="true" />
      <bdi className="font-strong truncate shrink-0 max-w-[50%]" {...cutTip(key)}>
        {key}
      </bdi>
      <span className="text-fg3 text-12 num shrink-0">
        {up} of {items.length} up
      </span>
      {file && (
        <span className="mono !text-[11px] text-fg3 ml-1 truncate" {...cutTip(file)}>
          {file.replace(home, '~')}
        </span>
      )}
    </>
  );
}

function Actions({ group: { key, items } }: { group: Group<Container> }) {
  if (key === NO_PROJECT) return null;
  const up = items.some(isUp);
  return (
    <RowActions>
      {up && (
        <RowAction action="restart" label={`Restart project ${key}`} tooltip="Restart project">
          <RotateCw size={14} />
        </RowAction>
      )}
      {up ? (
        <RowAction action="stop" label={`Stop project ${key}`} tooltip="Stop project">
          <StopIcon />
        </RowAction>
      ) : (
        <RowAction action="start" label={`Start project ${key}`} tooltip="Start project">
          <PlayIcon size={13} />
        </RowAction>
      )}
      <RowAction action="menu" label={`More actions for project ${key}`} tooltip="More actions">
        <Ellipsis size={15} />
      </RowAction>
    </RowActions>
  );
}

export const byProject: Grouping<Container> = {
  of: ({ project }) => project ?? NO_PROJECT,
  compare: (a, b) => Number(a === NO_PROJECT) - Number(b === NO_PROJECT) || a.localeCompare(b),
  name: (key) => (key === NO_PROJECT ? 'containers without a project' : `project ${key}`),
  lead: (group) => <Lead group={group} />,
  cells: {
    cpu: (group) => <Sum group={group} figure="cpu" />,
    memory: (group) => <Sum group={group} figure="memoryBytes" />,
    actions: (group) => <Actions group={group} />,
  },
};

/** What a project's menu offers: each verb for the members it fits. */
export function projectMenu(
  group: Group<Container>,
  onDelete: (items: readonly Container[]) => void,
): MenuEntry[] {
  const entries: MenuEntry[] = [];
  for (const verb of ['start', 'stop', 'restart', 'pause', 'unpause'] as const) {
    const fitting = group.items.filter(verbs[verb].fits);
    if (fitting.length === 0) continue;
    entries.push({
      id: verb,
      label: `${verbs[verb].label} ${fitting.length}`,
      preview: previewOf(verb, fitting),
      onAction: () => void act(verb, fitting),
    });
  }
  return [
    ...entries,
    'separator',
    {
      id: 'delete',
      label: `Delete ${group.items.length}…`,
      danger: true,
      onAction: () => onDelete(group.items),
    },
  ];
}
