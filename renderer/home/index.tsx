import { Compass } from 'lucide-react';
import { useMemo } from 'react';
import { commandArguments, commands } from '#contract/commands';
import { isUp } from '#contract/container-state';
import { Button } from '#ui/Button';
import { PlayIcon } from '#ui/icons';
import { PageHeader } from '#ui/PageHeader';
import { useLiveStatsOf } from '../containers/list/liveStats';
import { useContainers, useLoaded } from '../data/projection';
import { BesideCard } from '../engine/BesideCard';
import { EngineAway } from '../engine/EngineAway';
import { openRun } from '../run/store';
import { navigate } from '../shell/router';
import { useCommandStrip } from '../ui/commandStrip';
import { ActivityCard } from './ActivityCard';
import { DiskCard } from './DiskCard';
import { EngineCard } from './EngineCard';
import { RunningCard } from './RunningCard';
import { useSettledObjects } from './settledObjects';
import { useVmUsage } from './vmUsage';

/** Streams that are open at once: beyond this the sum is of the first ones, and says so. */
const MOST_FOLLOWED = 100;

const byName = new Intl.Collator(undefined, { numeric: true });

export default function HomePage() {
  const loaded = useLoaded();
  useCommandStrip({ same: commandArguments(commands.containers.list()).filter((word) => word !== '--all') });
  return (
    <>
      <PageHeader title="Home">
        <Button icon={<Compass size={15} />} onPress={() => navigate({ page: 'discover' })}>
          Find an image
        </Button>
        <Button
          variant="primary"
          icon={<PlayIcon />}
          shortcut="Ctrl N"
          disabledReason={loaded ? undefined : 'There is no engine to run it'}
          onPress={() => openRun()}
        >
          Run a container
        </Button>
      </PageHeader>
      {!loaded && (
        <div className="px-6 pb-4 empty:hidden">
          <BesideCard />
        </div>
      )}
      {loaded ? <Overview /> : <EngineAway headers={['Running now', 'Since', 'Ports']} label="Loading" />}
    </>
  );
}

function Overview() {
  const containers = useContainers();
  const up = useMemo(
    () => containers.filter(isUp).sort((one, other) => byName.compare(one.name, other.name)),
    [containers],
  );
  const ids = up.map(({ id }) => id).slice(0, MOST_FOLLOWED);
  const wanted = ids.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same ids in a new list are the same
  const followed = useMemo(() => ids, [wanted]);
  useLiveStatsOf(followed);
  const objects = useSettledObjects();
  const usage = useVmUsage(objects);
  return (
    <div className="flex-1 min-h-0 overflow-auto px-6 pb-6 grid gap-4 content-start">
      <EngineCard followed={followed} running={up.length} vmMemory={usage?.memory} />
      <BesideCard />
      <div className="grid grid-cols-[minmax(0,1fr)_316px] max-[1040px]:grid-cols-[minmax(0,1fr)_272px] max-[799px]:grid-cols-1 gap-4 items-start">
        <RunningCard up={up} containers={containers} />
        <div className="grid gap-4">
          <DiskCard objects={objects} disk={usage?.disk} />
          <ActivityCard />
        </div>
      </div>
    </div>
  );
}
