import { Info, Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Container, Network } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { BulkBar } from '#ui/BulkBar';
import { Button } from '#ui/Button';
import { useCommandStrip } from '#ui/commandStrip';
import { DataTable } from '#ui/DataTable';
import { formatCount } from '#ui/format';
import { NothingFound } from '#ui/NothingFound';
import { PageHeader } from '#ui/PageHeader';
import { SegmentedControl } from '#ui/SegmentedControl';
import { useContainers, useLoaded, useNetworks } from '../../data/projection';
import { EngineAway } from '../../engine/EngineAway';
import { FilterField } from '../../shell/FilterField';
import { navigate } from '../../shell/router';
import { ListAndPanel } from '../../shell/SidePanel';
import { Term } from '../../terms/Term';
import { removePreview } from '../actions';
import { ConnectDialog } from '../ConnectDialog';
import { DeleteNetworksDialog } from '../DeleteNetworksDialog';
import { isIn, KEPT_REASON, matchesText, membersOf, type Segment } from '../members';
import { type NetworkDialogs, networkMenu } from '../menu';
import { NetworkPanel } from '../NetworkPanel';
import { NewNetworkDialog } from '../NewNetworkDialog';
import { allColumns, columnsBesidePanel, loadingHeaders } from './columns';

type OpenDialog =
  | { kind: 'new' }
  | { kind: 'connect'; network: Network }
  | { kind: 'delete'; networks: readonly Network[] }
  | null;

const NOTHING: ReadonlySet<string> = new Set();
const showAll = () => navigate({ page: 'networks' }, { replace: true });

/** The page of all networks, with one of them open beside the list. */
export function NetworksList({ open: opened }: { open: string | undefined }) {
  const networks = useNetworks();
  const loaded = useLoaded();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [selected, setSelected] = useState(NOTHING);
  // An address may name the network by its name.
  const open = networks.find(({ id, name }) => id === opened || name === opened);
  useCommandStrip({
    same: commandArguments(open ? commands.networks.inspect(open.name) : commands.networks.list()),
  });
  const close = () => setDialog(null);
  const dialogs: NetworkDialogs = {
    connect: (network) => setDialog({ kind: 'connect', network }),
    remove: (items) => {
      if (items.some(({ predefined }) => !predefined)) setDialog({ kind: 'delete', networks: items });
    },
  };
  return (
    <>
      <PageHeader
        title="Networks"
        term={<Term id="network" />}
        summary={loaded ? `${formatCount(networks.length)} in total` : undefined}
      >
        <Button
          variant="primary"
          icon={<Plus size={15} />}
          disabledReason={loaded ? undefined : 'There is no engine to make it'}
          onPress={() => setDialog({ kind: 'new' })}
        >
          Create a network
        </Button>
      </PageHeader>
      {loaded ? (
        <Listing
          networks={networks}
          open={open}
          selected={selected}
          onSelect={setSelected}
          dialogs={dialogs}
        />
      ) : (
        <EngineAway headers={loadingHeaders} label="Loading networks" />
      )}
      {dialog?.kind === 'new' && <NewNetworkDialog onClose={close} />}
      {dialog?.kind === 'connect' && <ConnectDialog network={dialog.network} onClose={close} />}
      {dialog?.kind === 'delete' && (
        <DeleteNetworksDialog
          networks={dialog.networks}
          onDelete={() => setSelected(NOTHING)}
          onClose={close}
        />
      )}
    </>
  );
}

interface ListingProps {
  networks: readonly Network[];
  open: Network | undefined;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  dialogs: NetworkDialogs;
}

function Listing({ networks, open, selected, onSelect, dialogs }: ListingProps) {
  const containers = useContainers();
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed);
  const words = filter.trim();
  const [segment, setSegment] = useState<Segment>('all');
  const members = useMemo(
    () => new Map(networks.map((network) => [network.id, membersOf(network, containers)])),
    [networks, containers],
  );
  const shown = networks.filter((network) => {
    const connected = members.get(network.id) ?? [];
    return isIn(network, connected, segment) && matchesText(network, connected, filter);
  });
  const chosen = shown.filter(({ id }) => selected.has(id));
  const withSelection = (network: Network) => (selected.has(network.id) ? chosen : [network]);
  return (
    <>
      <div className="px-6 pb-3 flex items-center gap-2.5">
        <FilterField label="Filter by name or address" value={typed} onChange={setTyped} />
        <SegmentedControl
          label="Use"
          value={segment}
          onChange={setSegment}
          segments={segmentsOf(networks, members)}
        />
      </div>
      <ListAndPanel
        panel={
          open && (
            <NetworkPanel
              key={open.id}
              network={open}
              members={members.get(open.id) ?? []}
              dialogs={dialogs}
              onClose={showAll}
            />
          )
        }
      >
        <DataTable
          label="Networks"
          items={shown}
          id={({ id }) => id}
          name={({ name }) => name}
          columns={open ? columnsBesidePanel : allColumns}
          defaultSort={{ column: 'name', direction: 'ascending' }}
          selected={selected}
          onSelect={onSelect}
          current={open?.id}
          onOpen={({ id }) => navigate({ page: 'networks', id }, { replace: open !== undefined })}
          onRowKey={(network, key) => {
            if (key === 'Escape' && open) showAll();
            else if (key === 'Delete') dialogs.remove(withSelection(network));
            else return false;
            return true;
          }}
          menu={(network) => networkMenu(network, dialogs)}
          empty={
            <NothingFound
              title={words ? `No network matches “${words}”` : nothingIn[segment]}
              text={
                words
                  ? 'Names, addresses, projects and the containers in them were looked through.'
                  : undefined
              }
              showAll="Show all networks"
              onShowAll={() => {
                setTyped('');
                setSegment('all');
              }}
            />
          }
        />
        <Note />
        {chosen.length > 0 && (
          <Selected chosen={chosen} dialogs={dialogs} onClear={() => onSelect(NOTHING)} />
        )}
      </ListAndPanel>
    </>
  );
}

function segmentsOf(networks: readonly Network[], members: ReadonlyMap<string, readonly Container[]>) {
  const count = (segment: Segment) =>
    networks.filter((network) => isIn(network, members.get(network.id) ?? [], segment)).length;
  return [
    { value: 'all' as const, label: 'All', count: networks.length },
    { value: 'used' as const, label: 'In use', count: count('used') },
    { value: 'unused' as const, label: 'Unused', count: count('unused') },
    {
      value: 'internal' as const,
      label: 'Internal',
      count: count('internal'),
      tooltip: 'No way out to other networks',
    },
  ];
}

/** What every newcomer falls over once. */
function Note() {
  return (
    <p className="help mt-2.5 px-1 flex gap-2 shrink-0">
      <Info size={14} className="mt-0.5 shrink-0" aria-hidden="true" />
      <span>
        Containers on one network find each other by name. <b className="font-medium text-fg2">bridge</b> is
        the exception: there, names do not work.
      </span>
    </p>
  );
}

function Selected({
  chosen,
  dialogs,
  onClear,
}: {
  chosen: readonly Network[];
  dialogs: NetworkDialogs;
  onClear: () => void;
}) {
  const own = chosen.filter(({ predefined }) => !predefined);
  const kept = chosen.length - own.length;
  return (
    <BulkBar
      label="Selected networks"
      count={chosen.length}
      note={kept > 0 ? `${kept} of the engine` : undefined}
      onClear={onClear}
    >
      <Button
        variant="quiet"
        className="!text-danger-fg"
        icon={<Trash2 size={15} />}
        disabledReason={own.length === 0 ? KEPT_REASON : undefined}
        preview={removePreview(own)}
        onPress={() => dialogs.remove(own)}
      >
        Delete {own.length}…
      </Button>
    </BulkBar>
  );
}

const nothingIn: Record<Segment, string> = {
  all: 'Nothing matches',
  used: 'No network is in use',
  unused: 'No network is unused',
  internal: 'No network is internal',
};
