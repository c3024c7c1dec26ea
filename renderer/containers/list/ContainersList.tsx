import { useQuery } from '@tanstack/react-query';
import { BrushCleaning } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { isRunning } from '#contract/container-state';
import { Button } from '#ui/Button';
import { DataTable, type Group } from '#ui/DataTable';
import { PlayIcon } from '#ui/icons';
import { PageHeader } from '#ui/PageHeader';
import { api } from '../../data/client';
import { useContainers, useLoaded } from '../../data/projection';
import { EngineAway } from '../../engine/EngineAway';
import { openRun } from '../../run/store';
import { navigate } from '../../shell/router';
import { Term } from '../../terms/Term';
import { useCommandStrip } from '../../ui/commandStrip';
import { formatCount } from '../../ui/format';
import { act, isVerb, verbs } from '../actions';
import { DeleteDialog } from '../DeleteDialog';
import { RenameDialog } from '../details/RenameDialog';
import { isIn, type Segment } from '../state';
import { BulkBar } from './BulkBar';
import { columnsOf, loadingHeaders } from './columns';
import { FollowedStats, setVisibleRows } from './FollowedStats';
import { countSegments, matchesText } from './filter';
import { byProject, projectMenu } from './grouping';
import { ListToolbar } from './ListToolbar';
import { useListSettings } from './listSettings';
import { NoContainerFound } from './NoContainerFound';
import { NoContainers } from './NoContainers';
import { previewOfAction, rowKey } from './rowKeys';
import { rowMenu } from './rowMenu';

type OpenDialog =
  | { kind: 'rename'; container: Container }
  | { kind: 'delete'; containers: readonly Container[] }
  | null;

/** The page of all containers. */
export function ContainersList() {
  const containers = useContainers();
  const loaded = useLoaded();
  const running = containers.filter(isRunning).length;
  const summary = loaded
    ? `${formatCount(containers.length)} in total, ${formatCount(running)} running`
    : undefined;
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const stopped = containers.filter((container) => isIn(container, 'stopped'));
  const empty = loaded && containers.length === 0;
  return (
    <>
      <PageHeader title="Containers" term={<Term id="container" />} summary={empty ? undefined : summary}>
        {stopped.length > 0 && (
          <span className="max-[1040px]:hidden">
            <Button
              variant="quiet"
              icon={<BrushCleaning size={15} />}
              tooltip="Delete the stopped ones"
              onPress={() => setDialog({ kind: 'delete', containers: stopped })}
            >
              Clean up…
            </Button>
          </span>
        )}
        {!empty && (
          <Button
            variant="primary"
            icon={<PlayIcon />}
            shortcut="Ctrl N"
            disabledReason={loaded ? undefined : 'There is no engine to run it'}
            onPress={() => openRun()}
          >
            Run a container
          </Button>
        )}
      </PageHeader>
      {!loaded ? (
        <EngineAway headers={loadingHeaders} label="Loading containers" />
      ) : empty ? (
        <div className="flex-1 min-h-0 overflow-auto pb-6">
          <NoContainers />
        </div>
      ) : (
        <Listing containers={containers} onDialog={setDialog} />
      )}
      {dialog?.kind === 'rename' && (
        <RenameDialog id={dialog.container.id} name={dialog.container.name} onClose={() => setDialog(null)} />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteDialog containers={dialog.containers} onClose={() => setDialog(null)} />
      )}
    </>
  );
}

const NOTHING: ReadonlySet<string> = new Set();

function Listing({
  containers,
  onDialog,
}: {
  containers: readonly Container[];
  onDialog: (dialog: OpenDialog) => void;
}) {
  const [filter, setFilter] = useState('');
  const [segment, setSegment] = useState<Segment>('all');
  const [selected, setSelected] = useState(NOTHING);
  const { grouped, compact, hidden } = useListSettings();
  useCommandStrip({ same: commandArguments(commands.containers.list()) });

  const counts = useMemo(() => countSegments(containers), [containers]);
  const shown = useMemo(
    () => containers.filter((container) => isIn(container, segment) && matchesText(container, filter)),
    [containers, segment, filter],
  );
  const columns = useMemo(() => columnsOf(grouped, hidden), [grouped, hidden]);
  const chosen = shown
    .filter(({ id }) => selected.has(id))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const letters = useQuery(api.app.settings.queryOptions()).data?.letterShortcuts ?? true;

  const dialogs = {
    rename: (container: Container) => onDialog({ kind: 'rename', container }),
    remove: (items: readonly Container[]) => onDialog({ kind: 'delete', containers: items }),
  };
  const clearFilter = () => {
    setFilter('');
    setSegment('all');
  };
  return (
    <>
      <FollowedStats containers={containers} />
      <ListToolbar
        typed={filter}
        onType={setFilter}
        segment={segment}
        onSegment={setSegment}
        counts={counts}
      />
      <div className="flex-1 min-h-0 flex flex-col px-6 pb-4 relative">
        <DataTable
          key={grouped ? 'grouped' : 'flat'}
          label="Containers"
          items={shown}
          id={({ id }) => id}
          name={({ name }) => name}
          columns={columns}
          grouping={grouped ? byProject : undefined}
          defaultSort={{ column: 'name', direction: 'ascending' }}
          compact={compact}
          selected={selected}
          onSelect={setSelected}
          busy={({ busy }) => busy !== null}
          onOpen={({ id }) => navigate({ page: 'containers', id })}
          onAction={onRowAction}
          onGroupAction={onProjectAction}
          onRowKey={(container, key) => rowKey(container, key, { selected: chosen, letters, dialogs })}
          preview={previewOfAction}
          menu={(container) => rowMenu(container, dialogs)}
          groupMenu={(group) => projectMenu(group, dialogs.remove)}
          onVisible={setVisibleRows}
          empty={<NoContainerFound filter={filter} segment={segment} onClear={clearFilter} />}
        />
        {chosen.length > 0 && (
          <BulkBar
            selected={chosen}
            onDelete={() => dialogs.remove(chosen)}
            onClear={() => setSelected(NOTHING)}
          />
        )}
      </div>
    </>
  );
}

function onRowAction(container: Container, action: string): void {
  if (isVerb(action)) void act(action, [container]);
  else navigate({ page: 'containers', id: container.id, tab: action });
}

function onProjectAction(group: Group<Container>, action: string): void {
  if (isVerb(action)) void act(action, group.items.filter(verbs[action].fits));
}
