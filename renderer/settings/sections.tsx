import { Container, Keyboard, KeyRound, type LucideIcon, Palette } from 'lucide-react';
import type { ComponentType } from 'react';
import { AppearanceSection } from './AppearanceSection';
import { EngineSection } from './EngineSection';
import { KeyboardSection } from './KeyboardSection';
import { RegistriesSection } from './RegistriesSection';

export interface Section {
  id: string;
  label: string;
  icon: LucideIcon;
  component: ComponentType;
}

/** The settings' sections in order; the first opens by itself. */
export const sections: readonly [Section, ...Section[]] = [
  { id: 'appearance', label: 'Appearance', icon: Palette, component: AppearanceSection },
  { id: 'engine', label: 'Engine', icon: Container, component: EngineSection },
  { id: 'registries', label: 'Registries', icon: KeyRound, component: RegistriesSection },
  { id: 'keyboard', label: 'Keyboard', icon: Keyboard, component: KeyboardSection },
];
