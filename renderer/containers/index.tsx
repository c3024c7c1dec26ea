import { Suspense } from 'react';
import { lazyPart } from '../shell/lazyPart';
import { useRouter } from '../shell/router';
import { ContainersList } from './list/ContainersList';

const ContainerDetailsPage = lazyPart(() => import('./details'));

export default function ContainersPage() {
  const route = useRouter((now) => now.route);
  if (route.page !== 'containers' || route.id === undefined) return <ContainersList />;
  return (
    <Suspense fallback={null}>
      <ContainerDetailsPage key={route.id} id={route.id} tab={route.tab} />
    </Suspense>
  );
}
