import { BadgeCheck, House, ShieldCheck, Sprout } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type BadgeTone } from '#ui/Badge';
import type { Trust } from './useSearch';

export const trustWords: Record<Trust, string> = {
  official: 'Official',
  verified: 'Verified',
  sponsored: 'Sponsored',
  yours: 'Your registry',
  none: 'Not checked',
};

const looks: Partial<Record<Trust, { tone: BadgeTone; icon: ReactNode; tooltip: string }>> = {
  official: {
    tone: 'ok',
    icon: <ShieldCheck size={12} aria-hidden="true" />,
    tooltip: 'Looked after by Docker together with the project',
  },
  verified: {
    tone: 'info',
    icon: <BadgeCheck size={12} aria-hidden="true" />,
    tooltip: 'Docker has checked who publishes it',
  },
  sponsored: {
    tone: 'line',
    icon: <Sprout size={12} aria-hidden="true" />,
    tooltip: 'Open source that Docker sponsors',
  },
  yours: {
    tone: 'line',
    icon: <House size={12} aria-hidden="true" />,
    tooltip: 'From a registry that you added',
  },
};

export function TrustBadge({ trust }: { trust: Trust }) {
  const look = looks[trust];
  return look ? <Badge {...look}>{trustWords[trust]}</Badge> : null;
}
