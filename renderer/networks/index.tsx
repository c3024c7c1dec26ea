import { useRouter } from '../shell/router';
import { NetworksList } from './list/NetworksList';
import { NetworkInspect } from './NetworkInspect';

export default function NetworksPage() {
  const route = useRouter((now) => now.route);
  if (route.page !== 'networks') return null;
  const { id, tab } = route;
  if (id !== undefined && tab === 'inspect') return <NetworkInspect id={id} />;
  return <NetworksList open={id} />;
}
