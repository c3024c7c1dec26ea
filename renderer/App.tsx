import { Suspense } from 'react';
import { NewPasswordHost } from './containers/password/NewPasswordHost';
import { useLoaded, useProjection } from './data/projection';
import { EngineStatus } from './engine/EngineStatus';
import { useFirstPaintMarks } from './firstPaint';
import { useOnboarding } from './onboarding/useOnboarding';
import { RunHost } from './run/RunHost';
import { lazyPart } from './shell/lazyPart';
import { useMonoFontStyle } from './shell/monoFont';
import { PageBoundary } from './shell/PageBoundary';
import { PAGES } from './shell/pages';
import { useRouter } from './shell/router';
import { Shell } from './shell/Shell';
import type { NavNotes } from './shell/Sidebar';
import { TasksButton } from './tasks/TasksButton';

const Onboarding = lazyPart(() => import('./onboarding'));
const SettingsPage = lazyPart(() => import('./settings'));
const KitPage = import.meta.env.DEV ? lazyPart(() => import('./ui/kit/KitPage')) : null;

export function App() {
  const { step } = useOnboarding();
  if (step === null) return null;
  if (step === 'done') return <Window />;
  return (
    <Suspense fallback={null}>
      <Onboarding step={step} />
    </Suspense>
  );
}

function Window() {
  useFirstPaintMarks();
  useMonoFontStyle();
  const page = useRouter((state) => state.route.page);
  return (
    <Shell notes={useNavNotes()} engine={<EngineStatus />} tasks={<TasksButton />}>
      <PageBoundary key={page}>
        <Suspense fallback={null}>
          <CurrentPage />
        </Suspense>
      </PageBoundary>
      <RunHost />
      <NewPasswordHost />
    </Shell>
  );
}

function CurrentPage() {
  const page = useRouter((state) => state.route.page);
  if (page === 'settings') return <SettingsPage />;
  if (page === 'kit') return KitPage && <KitPage />;
  const Page = PAGES.find((candidate) => candidate.id === page)?.component;
  return Page ? <Page /> : null;
}

function useNavNotes(): NavNotes {
  const containers = useProjection((now) => now.containers.list);
  const images = useProjection((now) => now.images.list.length);
  const volumes = useProjection((now) => now.volumes.list.length);
  const networks = useProjection((now) => now.networks.list.length);
  const loaded = useLoaded();
  if (!loaded) return {};
  const unwell = containers.filter(
    (container) => container.health === 'unhealthy' || container.state === 'restarting',
  ).length;
  return {
    containers: {
      count: containers.length,
      attention: unwell > 0 ? `${unwell} in need of a look` : undefined,
    },
    images: { count: images },
    volumes: { count: volumes },
    networks: { count: networks },
  };
}
