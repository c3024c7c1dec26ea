import { Network as NetworkIcon, Trash2 } from 'lucide-react';
import type { Network } from '#contract';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { plural } from '#ui/format';
import { NameList } from '#ui/NameList';
import { useContainers } from '../data/projection';
import { remove, removeCommand } from './actions';
import { membersOf } from './members';

/** Asks before networks are deleted. Those of the engine and those with containers in them stay, and it says so. */
export function DeleteNetworksDialog({
  networks,
  onDelete,
  onClose,
}: {
  networks: readonly Network[];
  onDelete: () => void;
  onClose: () => void;
}) {
  const containers = useContainers();
  const own = networks.filter(({ predefined }) => !predefined);
  const free = own.filter(
    (network) => !membersOf(network, containers).some(({ state }) => state === 'running'),
  );
  // With nothing free the engine's refusal is the better answer: it offers to disconnect what is in the way.
  const meant = free.length > 0 ? free : own;
  const kept = own.length - meant.length;
  const [only] = meant;
  const one = meant.length === 1 && only;
  const stopped = new Set(meant.flatMap((network) => membersOf(network, containers)));
  return (
    <ConfirmDialog
      title={one ? `Delete ${only.name}?` : `Delete ${meant.length} networks?`}
      explanation={
        stopped.size > 0
          ? `${plural(stopped.size, 'container')} that ${stopped.size === 1 ? 'is' : 'are'} connected cannot start without ${one ? 'it' : 'them'}.`
          : 'Nothing is connected, and no data is lost.'
      }
      confirmLabel={one ? 'Delete' : `Delete ${meant.length}`}
      confirmIcon={<Trash2 size={15} />}
      note="You can undo this for 8 seconds"
      argv={removeCommand(meant)}
      onConfirm={() => {
        remove(meant);
        onDelete();
      }}
      onClose={onClose}
    >
      <NameList
        things={meant.map((network) => ({
          key: network.id,
          icon: <NetworkIcon size={15} className="text-fg3 shrink-0" aria-hidden="true" />,
          name: network.name,
          note: network.subnets[0]?.subnet,
        }))}
      />
      {kept > 0 && (
        <p className="text-fg2">
          {plural(kept, 'network')}{' '}
          {kept === 1 ? 'stays: running containers are in it' : 'stay: running containers are in them'}.
        </p>
      )}
    </ConfirmDialog>
  );
}
