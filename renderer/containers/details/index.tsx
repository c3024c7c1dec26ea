import { Container as ContainerIcon } from 'lucide-react';
import { Suspense } from 'react';
import type { Container } from '#contract';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { Loading } from '#ui/Loading';
import { Tabs } from '#ui/Tabs';
import { useContainer, useLoaded } from '../../data/projection';
import { lazyPart } from '../../shell/lazyPart';
import { navigate } from '../../shell/router';
import { DetailsHeader } from './DetailsHeader';
import { LogsTab } from './logs/LogsTab';
import { OverviewTab } from './overview/OverviewTab';

const TerminalTab = lazyPart(() => import('./terminal/TerminalTab'));
const StatsTab = lazyPart(() => import('./stats/StatsTab'));
const InspectTab = lazyPart(() => import('./inspect/InspectTab'));

const tabs = [
  { value: 'overview', label: 'Overview' },
  { value: 'logs', label: 'Logs' },
  { value: 'terminal', label: 'Terminal' },
  { value: 'stats', label: 'Stats' },
  { value: 'inspect', label: 'Inspect' },
] as const;
type TabName = (typeof tabs)[number]['value'];

const rememberedKey = 'gantry.tab.container';

function tabFrom(name: string | undefined): TabName {
  const wanted = name ?? localStorage.getItem(rememberedKey);
  return tabs.find((tab) => tab.value === wanted)?.value ?? 'overview';
}

/** One container: what it is, what it prints, a shell in it, what it uses, and the engine's own words. */
export default function ContainerDetailsPage({ id, tab }: { id: string; tab?: string }) {
  const container = useContainer(id);
  const loaded = useLoaded();
  const open = tabFrom(tab);
  if (!container) return loaded ? <Gone /> : <Loading />;
  return (
    <>
      <DetailsHeader container={container} />
      <Tabs
        label={`Parts of ${container.name}`}
        value={open}
        tabs={tabs}
        onChange={(next) => {
          localStorage.setItem(rememberedKey, next);
          navigate({ page: 'containers', id, tab: next }, { replace: true });
        }}
      >
        <Suspense fallback={<Loading />}>
          <TabContent key={id} tab={open} container={container} />
        </Suspense>
      </Tabs>
    </>
  );
}

function TabContent({ tab, container }: { tab: TabName; container: Container }) {
  switch (tab) {
    case 'overview':
      return <OverviewTab container={container} />;
    case 'logs':
      return <LogsTab container={container} />;
    case 'terminal':
      return <TerminalTab container={container} />;
    case 'stats':
      return <StatsTab container={container} />;
    case 'inspect':
      return <InspectTab container={container} />;
  }
}

function Gone() {
  return (
    <EmptyState
      picture={<ContainerIcon size={32} aria-hidden="true" className="text-fg3" />}
      title="This container is gone"
      text="It was deleted, here or with another tool."
      actions={
        <Button variant="primary" onPress={() => navigate({ page: 'containers' })}>
          Show all containers
        </Button>
      }
    />
  );
}
