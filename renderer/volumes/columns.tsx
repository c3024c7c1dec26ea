import { Ellipsis, HardDrive, Trash2 } from 'lucide-react';
import type { Volume } from '#contract';
import { type Column, RowAction, RowActions } from '#ui/DataTable';
import { cutMiddle } from '#ui/format';
import { SizeBar } from '#ui/SizeBar';
import { cutTip, tip } from '#ui/tip';
import { Users } from '../containers/Users';
import { Age } from '../data/Age';
import { useContainersOfVolume } from '../data/usage';
import { titleOf } from './actions';

/** Longer names are cut in the middle before the cell cuts them, so that their ends can be told apart. */
const NAME_LIMIT = 48;

export interface Sizes {
  /** Bytes by name; undefined while they are counted. */
  bytes: Readonly<Record<string, number>> | undefined;
  largest: number;
}

/** @param wide whether there is room for everything, which a panel beside the list takes */
export const columnsOf = ({ bytes, largest }: Sizes, wide: boolean): readonly Column<Volume>[] => [
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(150px, 1.3fr)',
    // Those that the engine named come last: nobody looks for them by name.
    sort: ({ name, anonymous }) => (anonymous ? null : name.toLowerCase()),
    cell: (volume) => <NameCell volume={volume} />,
  },
  {
    id: 'size',
    header: 'Size',
    width: wide ? 158 : 84,
    descendingFirst: true,
    sort: ({ name }) => bytes?.[name],
    cell: ({ name }) => (
      <SizeCell known={bytes !== undefined} bytes={bytes?.[name]} bar={wide ? largest : null} />
    ),
  },
  {
    id: 'users',
    header: 'Used by',
    width: 'minmax(110px, 1fr)',
    cell: ({ name }) => <UsedByCell name={name} />,
  },
  ...(wide ? wideColumns : []),
  { id: 'actions', header: '', width: 84, cell: (volume) => <ActionsCell volume={volume} /> },
];

const wideColumns: readonly Column<Volume>[] = [
  {
    id: 'project',
    header: 'Project',
    width: 'minmax(90px, 0.7fr)',
    hideBelow: 1040,
    sort: ({ project }) => project,
    cell: ({ project }) =>
      project && (
        <bdi className="text-fg2 block truncate" {...cutTip(project)}>
          {project}
        </bdi>
      ),
  },
  {
    id: 'created',
    header: 'Created',
    width: 96,
    hideBelow: 1040,
    descendingFirst: true,
    sort: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => (
      <span className="text-fg3">
        <Age at={createdAt} />
      </span>
    ),
  },
];

/** Headers of what is on its way, before there are rows. */
export const loadingHeaders = ['Name', 'Size', 'Used by', 'Project', 'Created'];

function NameCell({ volume }: { volume: Volume }) {
  const { name, anonymous } = volume;
  return (
    <span className="flex items-center gap-2.5 min-w-0">
      <HardDrive size={15} className="text-fg3 shrink-0" aria-hidden="true" />
      {anonymous ? (
        <span className="flex items-baseline gap-2 min-w-0" {...tip(name)}>
          <span className="text-fg3 whitespace-nowrap">No name</span>
          <span className="mono text-fg3 !text-[11px] truncate">{titleOf(volume)}</span>
        </span>
      ) : (
        <bdi className="font-medium truncate" {...(name.length > NAME_LIMIT ? tip(name) : cutTip(name))}>
          {cutMiddle(name, NAME_LIMIT)}
        </bdi>
      )}
    </span>
  );
}

function SizeCell({
  known,
  bytes,
  bar,
}: {
  known: boolean;
  bytes: number | undefined;
  /** The largest size, for the bar; null draws none. */
  bar: number | null;
}) {
  if (bytes === undefined) {
    return known ? (
      <span className="text-fg3" {...tip('Its driver does not tell')}>
        unknown
      </span>
    ) : (
      <span className="skel inline-block h-3 w-[52px]" role="status" aria-label="Counting" />
    );
  }
  return <SizeBar bytes={bytes} largest={bar} />;
}

function UsedByCell({ name }: { name: string }) {
  return <Users containers={useContainersOfVolume(name)} none="unused" />;
}

function ActionsCell({ volume }: { volume: Volume }) {
  const title = titleOf(volume);
  return (
    <RowActions>
      <RowAction action="delete" label={`Delete ${title}`} tooltip="Delete" shortcut="Del" hoverOnly>
        <Trash2 size={15} />
      </RowAction>
      <RowAction action="menu" label={`More actions for ${title}`} tooltip="More actions">
        <Ellipsis size={15} />
      </RowAction>
    </RowActions>
  );
}
