import {
  Bell,
  Container,
  Folder,
  Gauge,
  Keyboard,
  KeyRound,
  LifeBuoy,
  type LucideIcon,
  Network,
  Palette,
  RefreshCw,
  ShieldCheck,
  SlidersHorizontal,
  Wrench,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { AppearanceSection } from './AppearanceSection';
import { AdvancedSection } from './advanced/AdvancedSection';
import { ConfigBar } from './engine/config/ConfigBar';
import { EngineSection } from './engine/EngineSection';
import { GeneralSection } from './GeneralSection';
import { KeyboardSection } from './KeyboardSection';
import { NotificationsSection } from './NotificationsSection';
import { PrivacySection } from './PrivacySection';
import { RegistriesSection } from './RegistriesSection';
import { TroubleshootSection } from './troubleshoot/TroubleshootSection';
import { UpdatesSection } from './UpdatesSection';
import { ApplyBar } from './vm/ApplyBar';
import { FileSharingSection } from './vm/FileSharingSection';
import { NetworkSection } from './vm/NetworkSection';
import { ResourcesSection } from './vm/ResourcesSection';

export interface Section {
  id: string;
  label: string;
  icon: LucideIcon;
  component: ComponentType;
  /** Stays below while the section scrolls. */
  foot?: ComponentType;
  /** A gap above the entry. */
  gap?: boolean;
}

/** What only the desktop's window has, not the browser. */
const ofTheWindow: readonly Section[] = window.gantryDesktop
  ? [
      { id: 'notifications', label: 'Notifications', icon: Bell, component: NotificationsSection },
      { id: 'updates', label: 'Updates', icon: RefreshCw, component: UpdatesSection },
    ]
  : [];

/** The settings' sections in order; the first opens by itself. */
export const sections: readonly [Section, ...Section[]] = [
  { id: 'general', label: 'General', icon: SlidersHorizontal, component: GeneralSection },
  { id: 'resources', label: 'Resources', icon: Gauge, component: ResourcesSection, foot: ApplyBar },
  { id: 'engine', label: 'Engine', icon: Container, component: EngineSection, foot: ConfigBar },
  { id: 'file-sharing', label: 'File sharing', icon: Folder, component: FileSharingSection, foot: ApplyBar },
  { id: 'network', label: 'Network', icon: Network, component: NetworkSection, foot: ApplyBar },
  { id: 'registries', label: 'Registries', icon: KeyRound, component: RegistriesSection },
  { id: 'appearance', label: 'Appearance', icon: Palette, component: AppearanceSection },
  ...ofTheWindow,
  { id: 'keyboard', label: 'Keyboard', icon: Keyboard, component: KeyboardSection },
  { id: 'privacy', label: 'Privacy', icon: ShieldCheck, component: PrivacySection },
  { id: 'advanced', label: 'Advanced', icon: Wrench, component: AdvancedSection },
  { id: 'troubleshoot', label: 'Troubleshoot', icon: LifeBuoy, component: TroubleshootSection, gap: true },
];
