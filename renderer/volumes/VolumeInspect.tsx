import { HardDrive } from 'lucide-react';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { client } from '../data/client';
import { useLoaded, useVolumes } from '../data/projection';
import { InspectPage } from '../inspect/InspectPage';
import { navigate } from '../shell/router';
import { formatRoute } from '../shell/routes';

/** The engine's own words about a volume. */
export function VolumeInspect({ name }: { name: string }) {
  const known = useVolumes().some((volume) => volume.name === name);
  const loaded = useLoaded();
  if (!known) return loaded ? <Gone /> : null;
  return (
    <InspectPage
      name={name}
      back={
        <a href={formatRoute({ page: 'volumes', name })} className="text-inherit">
          Volumes
        </a>
      }
      argv={commandArguments(commands.volumes.inspect(name))}
      of={['volume', name]}
      load={(signal) => client.volumes.inspect({ name }, { signal })}
    />
  );
}

function Gone() {
  return (
    <EmptyState
      picture={<HardDrive size={32} aria-hidden="true" className="text-fg3" />}
      title="This volume is gone"
      text="It was deleted, here or with another tool."
      actions={
        <Button variant="primary" onPress={() => navigate({ page: 'volumes' })}>
          Show all volumes
        </Button>
      }
    />
  );
}
