import { ClipboardCopy, FileJson, FolderOpen, HardDrive, Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Volume } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { BulkBar } from '#ui/BulkBar';
import { Button } from '#ui/Button';
import { useCommandStrip } from '#ui/commandStrip';
import { DataTable } from '#ui/DataTable';
import { EmptyState } from '#ui/EmptyState';
import { formatBytes, formatCount } from '#ui/format';
import type { MenuEntry } from '#ui/menus';
import { NothingFound } from '#ui/NothingFound';
import { PageHeader } from '#ui/PageHeader';
import { SegmentedControl } from '#ui/SegmentedControl';
import { useDiskUsage } from '../data/diskUsage';
import { showProblem } from '../data/problems';
import { useLoaded, useVolumes } from '../data/projection';
import { useVolumeUsage } from '../data/usage';
import { EngineAway } from '../engine/EngineAway';
import { FilterField } from '../shell/FilterField';
import { navigate } from '../shell/router';
import { ListAndPanel } from '../shell/SidePanel';
import { Term } from '../terms/Term';
import { removePreview, titleOf } from './actions';
import { columnsOf, loadingHeaders } from './columns';
import { CreateVolumeDialog, DeleteVolumesDialog } from './dialogs';
import { VolumePanel } from './VolumePanel';

type OpenDialog = { kind: 'create' } | { kind: 'delete'; volumes: readonly Volume[] } | null;

const NO_SIZES: Readonly<Record<string, number>> = {};

/** The page of all volumes, with the open one beside them. */
export function VolumesList({ open }: { open: string | undefined }) {
  const volumes = useVolumes();
  const loaded = useLoaded();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const empty = loaded && volumes.length === 0;
  const close = () => setDialog(null);
  const disk = useDiskUsage(volumes.map(({ name }) => name).join());
  const total = disk ? `, ${formatBytes(disk.volumes.bytes)}` : '';
  return (
    <>
      <PageHeader
        title="Volumes"
        term={<Term id="volume" />}
        summary={loaded && !empty ? `${formatCount(volumes.length)} in total${total}` : undefined}
      >
        {!empty && (
          <Button
            variant="primary"
            icon={<Plus size={15} />}
            disabledReason={loaded ? undefined : 'There is no engine to keep it'}
            onPress={() => setDialog({ kind: 'create' })}
          >
            Create a volume
          </Button>
        )}
      </PageHeader>
      {!loaded ? (
        <EngineAway headers={loadingHeaders} label="Loading volumes" />
      ) : empty ? (
        <NoVolumes onCreate={() => setDialog({ kind: 'create' })} />
      ) : (
        <Listing volumes={volumes} open={open} sizes={disk?.volumeBytes} onDialog={setDialog} />
      )}
      {dialog?.kind === 'create' && <CreateVolumeDialog onClose={close} />}
      {dialog?.kind === 'delete' && (
        <DeleteVolumesDialog volumes={dialog.volumes} sizes={disk?.volumeBytes ?? NO_SIZES} onClose={close} />
      )}
    </>
  );
}

type Segment = 'all' | 'used' | 'unused';
const NOTHING: ReadonlySet<string> = new Set();

function matches({ name, project }: Volume, filter: string, users: string): boolean {
  const text = `${name} ${project ?? ''} ${users}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function Listing({
  volumes,
  open,
  sizes,
  onDialog,
}: {
  volumes: readonly Volume[];
  open: string | undefined;
  sizes: Readonly<Record<string, number>> | undefined;
  onDialog: (dialog: OpenDialog) => void;
}) {
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const words = filter.trim();
  const [segment, setSegment] = useState<Segment>('all');
  const [selected, setSelected] = useState(NOTHING);
  const usage = useVolumeUsage();
  const shownInPanel = volumes.find(({ name }) => name === open);
  useCommandStrip({
    same: commandArguments(
      shownInPanel ? commands.volumes.inspect(shownInPanel.name) : commands.volumes.list(),
    ),
  });
  const used = volumes.filter(({ name }) => usage.has(name)).length;
  const shown = useMemo(
    () =>
      volumes.filter((volume) => {
        const users = usage.get(volume.name);
        if (segment !== 'all' && (segment === 'used') !== (users !== undefined)) return false;
        return matches(volume, filter, users?.map(({ name }) => name).join(' ') ?? '');
      }),
    [volumes, usage, segment, filter],
  );
  const wide = shownInPanel === undefined;
  const columns = useMemo(() => {
    const largest = Math.max(0, ...Object.values(sizes ?? NO_SIZES));
    return columnsOf({ bytes: sizes, largest }, wide);
  }, [sizes, wide]);
  const chosen = shown.filter(({ name }) => selected.has(name));
  const remove = (items: readonly Volume[]) => onDialog({ kind: 'delete', volumes: items });
  return (
    <>
      <div className="px-6 pb-3 flex items-center gap-2.5">
        <FilterField label="Filter by name" value={typed} onChange={setTyped} />
        <SegmentedControl
          label="Use"
          value={segment}
          onChange={setSegment}
          segments={[
            { value: 'all', label: 'All', count: volumes.length },
            { value: 'used', label: 'In use', count: used },
            { value: 'unused', label: 'Unused', count: volumes.length - used },
          ]}
        />
      </div>
      <ListAndPanel
        panel={
          shownInPanel && (
            <VolumePanel
              key={shownInPanel.name}
              volume={shownInPanel}
              bytes={sizes?.[shownInPanel.name]}
              onDelete={() => remove([shownInPanel])}
              onClose={() => navigate({ page: 'volumes' })}
            />
          )
        }
      >
        <DataTable
          label="Volumes"
          items={shown}
          id={({ name }) => name}
          name={titleOf}
          columns={columns}
          defaultSort={{ column: 'name', direction: 'ascending' }}
          selected={selected}
          onSelect={setSelected}
          current={open}
          onOpen={({ name }) => navigate({ page: 'volumes', name }, { replace: open !== undefined })}
          onAction={(volume) => remove([volume])}
          onRowKey={(volume, key) => {
            if (key === 'Escape' && open !== undefined) navigate({ page: 'volumes' });
            else if (key === 'Delete') remove(selected.has(volume.name) ? chosen : [volume]);
            else return false;
            return true;
          }}
          preview={(volume) => removePreview([volume])}
          menu={(volume) => menuOf(volume, onDialog)}
          empty={
            <NothingFound
              title={words ? `No volume matches “${words}”` : nothingIn[segment]}
              text={
                words ? 'Names, projects and the containers that use them were looked through.' : undefined
              }
              showAll="Show all volumes"
              onShowAll={() => {
                setTyped('');
                setSegment('all');
              }}
            />
          }
        />
        {chosen.length > 0 && (
          <BulkBar
            label="Selected volumes"
            count={chosen.length}
            note={sumOf(chosen, sizes)}
            onClear={() => setSelected(NOTHING)}
          >
            <Button
              variant="quiet"
              className="!text-danger-fg"
              icon={<Trash2 size={15} />}
              preview={removePreview(chosen)}
              onPress={() => remove(chosen)}
            >
              Delete {chosen.length}…
            </Button>
          </BulkBar>
        )}
      </ListAndPanel>
    </>
  );
}

function sumOf(volumes: readonly Volume[], sizes: Readonly<Record<string, number>> = NO_SIZES) {
  const sum = volumes.reduce((total, { name }) => total + (sizes[name] ?? 0), 0);
  return sum > 0 ? formatBytes(sum) : undefined;
}

const copy = (text: string) => void navigator.clipboard.writeText(text).catch(showProblem);

function menuOf(volume: Volume, onDialog: (dialog: OpenDialog) => void): MenuEntry[] {
  const { name, mountpoint } = volume;
  return [
    { id: 'copy-name', label: 'Copy name', icon: <ClipboardCopy size={15} />, onAction: () => copy(name) },
    { id: 'copy-path', label: 'Copy path', icon: <FolderOpen size={15} />, onAction: () => copy(mountpoint) },
    {
      id: 'inspect',
      label: 'Inspect',
      icon: <FileJson size={15} />,
      preview: { label: 'Inspect', argv: commandArguments(commands.volumes.inspect(name)) },
      onAction: () => navigate({ page: 'volumes', name, tab: 'inspect' }),
    },
    'separator',
    {
      id: 'delete',
      label: 'Delete…',
      icon: <Trash2 size={15} />,
      shortcut: 'Del',
      danger: true,
      preview: removePreview([volume]),
      onAction: () => onDialog({ kind: 'delete', volumes: [volume] }),
    },
  ];
}

const nothingIn: Record<Segment, string> = {
  all: 'Nothing matches',
  used: 'No volume is in use',
  unused: 'Every volume is in use',
};

function NoVolumes({ onCreate }: { onCreate: () => void }) {
  useCommandStrip({ same: commandArguments(commands.volumes.list()) });
  return (
    <div className="flex-1 min-h-0 overflow-auto pb-6">
      <EmptyState
        picture={<HardDrive size={32} aria-hidden="true" className="text-fg3" />}
        title="No volumes yet"
        text="A volume keeps data when its container is deleted: databases live in volumes. Images that need one get one when they are run."
        actions={
          <Button variant="primary" icon={<Plus size={15} />} onPress={onCreate}>
            Create a volume
          </Button>
        }
      />
    </div>
  );
}
