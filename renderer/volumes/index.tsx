import { useRouter } from '../shell/router';
import { VolumesList } from './VolumesList';

export default function VolumesPage() {
  const open = useRouter(({ route }) => (route.page === 'volumes' ? route.name : undefined));
  return <VolumesList open={open} />;
}
