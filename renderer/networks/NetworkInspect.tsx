import { Network as NetworkIcon } from 'lucide-react';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { useCommandStrip } from '#ui/commandStrip';
import { EmptyState } from '#ui/EmptyState';
import { client } from '../data/client';
import { useContainers, useLoaded, useNetworks } from '../data/projection';
import { EngineAnswer } from '../inspect/EngineAnswer';
import { navigate } from '../shell/router';
import { formatRoute } from '../shell/routes';
import { membersOf } from './members';

/** The engine's own words about a network. */
export function NetworkInspect({ id }: { id: string }) {
  const network = useNetworks().find((candidate) => candidate.id === id);
  const containers = useContainers();
  const loaded = useLoaded();
  useCommandStrip({ same: commandArguments(commands.networks.inspect(network?.name ?? id)) });
  if (!network) return loaded ? <Gone /> : null;
  return (
    <>
      <header className="px-6 pt-3.5 pb-1">
        <nav aria-label="Where it is" className="text-12 text-fg3">
          <a href={formatRoute({ page: 'networks', id })} className="text-inherit">
            Networks
          </a>
        </nav>
        <h1 className="h1 mt-1 truncate">
          <bdi>{network.name}</bdi>
        </h1>
      </header>
      <EngineAnswer
        of={[
          'network',
          id,
          ...membersOf(network, containers).map((member) => `${member.id} ${member.state}`),
        ]}
        name={network.name}
        load={(signal) => client.networks.inspect({ id }, { signal })}
      />
    </>
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
