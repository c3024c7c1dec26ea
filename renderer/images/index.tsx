import { Suspense } from 'react';
import { lazyPart } from '../shell/lazyPart';
import { useRouter } from '../shell/router';
import { ImagesList } from './list/ImagesList';

const ImageDetailsPage = lazyPart(() => import('./details'));

export default function ImagesPage() {
  const route = useRouter((now) => now.route);
  if (route.page !== 'images' || route.id === undefined) return <ImagesList />;
  return (
    <Suspense fallback={null}>
      <ImageDetailsPage key={route.id} id={route.id} tab={route.tab} />
    </Suspense>
  );
}
