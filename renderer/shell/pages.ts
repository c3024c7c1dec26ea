import { Compass, Container, HardDrive, House, Layers, type LucideIcon, Network } from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import ContainersPage from '../containers';
import HomePage from '../home';
import type { PageId } from './routes';

export interface Page {
  id: PageId;
  label: string;
  icon: LucideIcon;
  component: ComponentType;
  /** A gap above the entry. */
  gap?: boolean;
}

/** The sidebar, in order; Ctrl 1, 2, … follow it. A new page is one line here and one route in routes.ts. */
export const PAGES: readonly Page[] = [
  { id: 'home', label: 'Home', icon: House, component: HomePage },
  { id: 'containers', label: 'Containers', icon: Container, component: ContainersPage, gap: true },
  { id: 'images', label: 'Images', icon: Layers, component: lazy(() => import('../images')) },
  { id: 'volumes', label: 'Volumes', icon: HardDrive, component: lazy(() => import('../volumes')) },
  { id: 'networks', label: 'Networks', icon: Network, component: lazy(() => import('../networks')) },
  {
    id: 'discover',
    label: 'Discover',
    icon: Compass,
    component: lazy(() => import('../discover')),
    gap: true,
  },
];
