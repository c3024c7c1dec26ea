import { Network as NetworkIcon, Trash2 } from 'lucide-react';
import type { Container, Network } from '#contract';
import { isUp } from '#contract/container-state';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { plural } from '#ui/format';
import { NameList } from '#ui/NameList';
import { useContainers } from '../data/projection';
import { emptyAndRemove, remove, removeCommand } from './actions';
import { membersOf } from './members';

const runningMembers = (network: Network, containers: readonly Container[]) =>
  membersOf(network, containers).filter(isUp);

/**
 * Asks before networks are deleted. Those of the engine and those with running containers in them stay, and it says
 * so; with nothing else to delete, it offers to disconnect what is in the way.
 */
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
  const free = own.filter((network) => runningMembers(network, containers).length === 0);
  const meant = free.length > 0 ? free : own;
  const kept = own.length - meant.length;
  const members = new Set(meant.flatMap((network) => membersOf(network, containers)));
  const inTheWay = free.length > 0 ? 0 : members.size;
  const [only] = meant;
  const one = meant.length === 1 && only;
  const what = meant.length > 1 ? `Delete ${meant.length}` : 'Delete';

  function confirm() {
    onDelete();
    if (inTheWay === 0) remove(meant);
    else for (const network of meant) void emptyAndRemove(network, membersOf(network, containers));
  }

  return (
    <ConfirmDialog
      title={one ? `Delete ${only.name}?` : `Delete ${meant.length} networks?`}
      explanation={explanationOf([...members], inTheWay > 0)}
      confirmLabel={inTheWay > 0 ? `Disconnect ${inTheWay} and ${what.toLowerCase()}` : what}
      confirmIcon={<Trash2 size={15} />}
      note={inTheWay > 0 ? 'Undo does not connect them again' : 'You can undo this for 8 seconds'}
      argv={removeCommand(meant)}
      onConfirm={confirm}
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

function explanationOf(members: readonly Container[], running: boolean): string {
  const [first, ...others] = members;
  if (!first) return 'Nothing is connected, and no data is lost.';
  const who = others.length > 0 ? plural(members.length, 'container') : first.name;
  const verb = others.length > 0 ? 'are' : 'is';
  return running
    ? `${who} ${verb} connected, and can no longer reach what else is in it.`
    : `${who} ${verb} connected, and cannot start without it.`;
}
