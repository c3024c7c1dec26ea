import { Network as NetworkIcon } from 'lucide-react';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { client } from '../data/client';
import { useContainers, useLoaded, useNetworks } from '../data/projection';
import { InspectPage } from '../inspect/InspectPage';
import { navigate } from '../shell/router';
import { formatRoute } from '../shell/routes';
import { membersOf } from './members';

/** The engine's own words about a network. */
export function NetworkInspect({ id }: { id: string }) {
  const network = useNetworks().find((candidate) => candidate.id === id);
  const containers = useContainers();
  const loaded = useLoaded();
  if (!network) return loaded ? <Gone /> : null;
  const { name } = network;
  const members = membersOf(network, containers).map((member) => `${member.id} ${member.state}`);
  return (
    <InspectPage
      name={name}
      back={
        <a href={formatRoute({ page: 'networks', id })} className="text-inherit">
          Networks
        </a>
      }
      argv={commandArguments(commands.networks.inspect(name))}
      of={['network', id, ...members]}
      load={(signal) => client.networks.inspect({ id }, { signal })}
    />
  );
}

function Gone() {
  return (
    <EmptyState
      picture={<NetworkIcon size={32} aria-hidden="true" className="text-fg3" />}
      title="This network is gone"
      text="It was deleted, here or with another tool."
      actions={
        <Button variant="primary" onPress={() => navigate({ page: 'networks' })}>
          Show all networks
        </Button>
      }
    />
  );
}
