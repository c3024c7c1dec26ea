import { Container, Key, Keyboard, type LucideIcon, SlidersHorizontal } from 'lucide-react';
import type { ComponentType } from 'react';
import { classes } from '#ui/classes';
import { navigate, useRouter } from '../shell/router';
import { formatRoute, type Route } from '../shell/routes';
import { EngineSection } from './EngineSection';
import { GeneralSection } from './GeneralSection';
import { KeyboardSection } from './KeyboardSection';
import { RegistriesSection } from './registries/RegistriesSection';

interface Section {
  id: string;
  label: string;
  summary: string;
  icon: LucideIcon;
  component: ComponentType;
}

const general: Section = {
  id: 'general',
  label: 'General',
  summary: 'How Gantry looks',
  icon: SlidersHorizontal,
  component: GeneralSection,
};

const sections: readonly Section[] = [
  general,
  {
    id: 'engine',
    label: 'Engine',
    summary: 'Whose containers Gantry shows',
    icon: Container,
    component: EngineSection,
  },
  {
    id: 'registries',
    label: 'Registries',
    summary: 'Where images come from',
    icon: Key,
    component: RegistriesSection,
  },
  {
    id: 'keyboard',
    label: 'Keyboard',
    summary: 'Keys in lists',
    icon: Keyboard,
    component: KeyboardSection,
  },
];

export default function SettingsPage() {
  const wanted = useRouter(({ route }) => (route.page === 'settings' ? route.section : undefined));
  const section = sections.find(({ id }) => id === wanted) ?? general;
  return (
    <div className="grid grid-cols-[196px_minmax(0,1fr)] max-[1039px]:grid-cols-[164px_minmax(0,1fr)] flex-1 min-h-0">
      <nav className="border-r border-line p-3 pt-4 overflow-auto" aria-label="Settings">
        <h1 className="h1 px-2 mb-3">Settings</h1>
        <div className="grid gap-[2px]">
          {sections.map((other) => (
            <SectionLink key={other.id} section={other} current={other === section} />
          ))}
        </div>
      </nav>
      <div className="min-w-0 min-h-0 px-7 max-[1039px]:px-5 pt-4 pb-5 overflow-auto">
        <div className="flex items-baseline gap-3 mb-4">
          <h2 className="h1">{section.label}</h2>
          <span className="text-fg3 truncate">{section.summary}</span>
        </div>
        <section.component />
      </div>
    </div>
  );
}

function SectionLink({ section, current }: { section: Section; current: boolean }) {
  const route: Route = { page: 'settings', section: section.id };
  return (
    <a
      href={formatRoute(route)}
      className={classes('nav', current && 'on')}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        navigate(route, { replace: true });
      }}
    >
      <section.icon size={15} aria-hidden="true" />
      {section.label}
    </a>
  );
}
