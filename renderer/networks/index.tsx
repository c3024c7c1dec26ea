import { useRouter } from '../shell/router';
import { NetworksList } from './list/NetworksList';
import { NetworkInspect } from './NetworkInspect';

export default function NetworksPage() {
  const route = useRouter((now) => now.route);
  if (route.page !== 'networks') return null;
  if (route.id !== undefined && route.tab === 'inspect') return <NetworkInspect id={route.id} />;
  return <NetworksList openId={route.id} />;
}
