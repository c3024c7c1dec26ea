import { useRouter } from '../shell/router';
import { VolumeInspect } from './VolumeInspect';
import { VolumesList } from './VolumesList';

export default function VolumesPage() {
  const route = useRouter((now) => now.route);
  if (route.page !== 'volumes') return null;
  const { name, tab } = route;
  if (name !== undefined && tab === 'inspect') return <VolumeInspect name={name} />;
  return <VolumesList open={name} />;
}
