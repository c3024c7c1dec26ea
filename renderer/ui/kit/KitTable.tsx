import { Ellipsis, Pause, ScrollText, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type Column, DataTable, type Grouping, RowAction, RowActions } from '../DataTable';
import { PlayIcon, StopIcon } from '../icons';
import { SearchField } from '../SearchField';
import { Sparkline } from '../Sparkline';
import { StateGlyph, type StateName } from '../StateGlyph';
import { showToast } from '../toasts';

interface Sample {
  id: string;
  name: string;
  project: string;
  image: string;
  state: StateName;
  load: number;
}

const STATES: readonly StateName[] = ['running', 'exited', 'created', 'failed', 'paused', 'unhealthy'];
const SAMPLES: readonly Sample[] = Array.from({ length: 1000 }, (_, index) => ({
  id: `c${index}`,
  name: `container-${index}`,
  project: index < 8 ? 'storefront' : '',
  image: `registry.example/team/image-${index % 17}:1.${index % 9}`,
  state: STATES[index % STATES.length] ?? 'running',
  load: (index * 37) % 100,
}));

const COLUMNS: readonly Column<Sample>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 200,
    sort: (item) => item.name,
    cell: (item) => (
      <span className="flex items-center gap-2.5 pl-[5px]">
        <StateGlyph state={item.state} />
        <span className="font-medium truncate">{item.name}</span>
      </span>
    ),
  },
  { id: 'image', header: 'Image', width: 'minmax(120px, 1fr)', cell: (item) => item.image, hideBelow: 1040 },
  {
    id: 'state',
    header: 'State',
    width: 'minmax(120px, 1fr)',
    sort: (item) => item.state,
    cell: (item) => item.state,
  },
  {
    id: 'cpu',
    header: 'CPU',
    width: 110,
    sort: (item) => item.load,
    descendingFirst: true,
    cell: (item) => (
      <span className="flex items-center gap-2 num">
        <Sparkline values={item.load > 20 ? [2, item.load / 9, 4, item.load / 10, 3] : []} floor={5} />
        <span className="text-12 text-fg2">{item.load}%</span>
      </span>
    ),
  },
  {
    id: 'actions',
    header: '',
    width: 124,
    cell: (item) => (
      <RowActions>
        <RowAction action="logs" label={`Logs of ${item.name}`} tooltip="Logs" shortcut="L" hoverOnly>
          <ScrollText size={15} />
        </RowAction>
        {item.state === 'running' ? (
          <RowAction action="stop" label={`Stop ${item.name}`} tooltip="Stop" shortcut="S">
            <StopIcon />
          </RowAction>
        ) : (
          <RowAction action="start" label={`Start ${item.name}`} tooltip="Start" shortcut="S">
            <PlayIcon size={14} />
          </RowAction>
        )}
        <RowAction action="menu" label={`More actions for ${item.name}`} tooltip="More actions">
          <Ellipsis size={15} />
        </RowAction>
      </RowActions>
    ),
  },
];

const GROUPING: Grouping<Sample> = {
  of: (item) => item.project,
  compare: (a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b),
  name: (key) => key || 'Not part of a project',
  lead: (group) => (
    <>
      <span className="font-strong">{group.key || 'Not part of a project'}</span>
      <span className="text-fg3 text-12">{group.items.length}</span>
    </>
  ),
  cells: { cpu: (group) => <span className="pl-[54px] num text-12 text-fg3">{group.items.length}%</span> },
};

export function KitTable() {
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const items = useMemo(() => SAMPLES.filter((item) => item.name.includes(filter)), [filter]);
  return (
    <div className="flex-1 min-h-0 flex flex-col px-6 py-4 gap-3">
      <SearchField label="Filter" value={filter} onChange={setFilter} shortcut="/" />
      <div className="flex-1 min-h-0 flex flex-col">
        <DataTable
          label="Samples"
          items={items}
          id={(item) => item.id}
          name={(item) => item.name}
          columns={COLUMNS}
          grouping={GROUPING}
          defaultSort={{ column: 'name', direction: 'ascending' }}
          selected={selected}
          onSelect={setSelected}
          onOpen={(item) => showToast({ kind: 'info', title: `Opened ${item.name}` })}
          onAction={(item, action) => showToast({ kind: 'success', title: `${action} ${item.name}` })}
          preview={(item, action) => ({ label: action, argv: ['docker', action, item.name] })}
          menu={(item) => [
            {
              id: 'stop',
              label: 'Stop',
              icon: <StopIcon />,
              shortcut: 'S',
              preview: { label: 'Stop', argv: ['docker', 'stop', item.name] },
              onAction: () => showToast({ kind: 'success', title: `${item.name} stopped` }),
            },
            {
              id: 'pause',
              label: 'Pause',
              icon: <Pause size={15} />,
              disabledReason: 'It does not run',
              onAction: () => {},
            },
            'separator',
            {
              id: 'delete',
              label: 'Delete…',
              icon: <Trash2 size={15} />,
              danger: true,
              shortcut: 'Del',
              onAction: () => {},
            },
          ]}
        />
      </div>
    </div>
  );
}
