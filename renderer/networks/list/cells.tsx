import { Ellipsis, Monitor, Network as NetworkIcon, Unplug } from 'lucide-react';
import type { Network } from '#contract';
import { Badge } from '#ui/Badge';
import { RowAction, RowActions } from '#ui/DataTable';
import { cutMiddle } from '#ui/format';
import { cutTip, tip } from '#ui/tip';
import { useContainers } from '../../data/projection';
import { madeBy, meaningOf, membersOf } from '../members';

/** Longer names are cut in the middle before the cell cuts them, so that their ends can be told apart. */
const NAME_LIMIT = 30;

const icons: Record<string, typeof Monitor> = { host: Monitor, null: Unplug };

export function NameCell({ network: { name, driver, internal } }: { network: Network }) {
  const Icon = icons[driver] ?? NetworkIcon;
  return (
    <span className="flex items-center gap-2.5 min-w-0">
      <Icon size={15} className="text-fg3 shrink-0" aria-hidden="true" />
      <bdi className="font-medium truncate" {...(name.length > NAME_LIMIT ? tip(name) : cutTip(name))}>
        {cutMiddle(name, NAME_LIMIT)}
      </bdi>
      {internal && <Badge tooltip="No way out to other networks">internal</Badge>}
    </span>
  );
}

export function MadeByCell({ network }: { network: Network }) {
  const maker = madeBy(network);
  return (
    <bdi className="text-fg2 block truncate" {...cutTip(maker)}>
      {maker}
    </bdi>
  );
}

export function AddressesCell({ network: { subnets } }: { network: Network }) {
  const text = subnets.map(({ subnet }) => subnet).join(', ');
  return (
    <span className="mono text-fg3 block truncate" {...cutTip(text)}>
      {text}
    </span>
  );
}

export function ContainersCell({ network }: { network: Network }) {
  const members = membersOf(network, useContainers());
  if (members.length === 0) {
    return <span className="text-fg3 block truncate">{meaningOf(network) ?? 'nothing connected'}</span>;
  }
  const names = members.map(({ name }) => name).join(', ');
  return (
    <span className="block truncate" {...cutTip(names)}>
      <span className="num text-fg2 mr-2">{members.length}</span>
      <bdi className="text-fg3">{names}</bdi>
    </span>
  );
}

export function ActionsCell({ network: { name } }: { network: Network }) {
  return (
    <RowActions>
      <RowAction action="menu" label={`More actions for ${name}`} tooltip="More actions">
        <Ellipsis size={15} />
      </RowAction>
    </RowActions>
  );
}
