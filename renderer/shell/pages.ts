import {
  Compass,
  Container,
  GraduationCap,
  HardDrive,
  House,
  Layers,
  type LucideIcon,
  Network,
} from 'lucide-react';
import type { ComponentType } from 'react';
import ContainersPage from '../containers';
import HomePage from '../home';
import { lazyPart } from './lazyPart';
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
  { id: 'images', label: 'Images', icon: Layers, component: lazyPart(() => import('../images')) },
  { id: 'volumes', label: 'Volumes', icon: HardDrive, component: lazyPart(() => import('../volumes')) },
  { id: 'networks', label: 'Networks', icon: Network, component: lazyPart(() => import('../networks')) },
  {
    id: 'discover',
    label: 'Discover',
    icon: Compass,
    component: lazyPart(() => import('../discover')),
    gap: true,
  },
  {
    id: 'learn',
    label: 'Learn',
    icon: GraduationCap,
    component: lazyPart(() => import('../learn')),
    gap: true,
  },
];
