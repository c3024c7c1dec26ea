import { ChevronLeft, ChevronRight, Search, Settings, SunMoon } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/IconButton';
import { Kbd } from '../ui/Kbd';
import { IconMenuButton } from '../ui/MenuButton';
import type { MenuEntry } from '../ui/menus';
import { openPalette } from './palette';
import { goBack, goForward, navigate, useRouter } from './router';
import { setTheme, type Theme, useTheme } from './theme';
import { WindowControls } from './WindowControls';

const THEMES: readonly { theme: Theme; label: string }[] = [
  { theme: 'system', label: 'Same as the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

export function TitleBar({ tasks }: { tasks: ReactNode }) {
  const { canGoBack, canGoForward } = useRouter();
  const theme = useTheme((state) => state.theme);
  const themes: MenuEntry[] = THEMES.map((entry) => ({
    id: entry.theme,
    label: entry.label,
    checked: entry.theme === theme,
    onAction: () => setTheme(entry.theme),
  }));
  return (
    <header className="titlebar" data-region="titlebar">
      <span className="flex">
        <IconButton
          aria-label="Back"
          shortcut="Alt ←"
          disabledReason={canGoBack ? undefined : 'This is the first page'}
          onPress={goBack}
        >
          <ChevronLeft size={16} />
        </IconButton>
        <IconButton
          aria-label="Forward"
          shortcut="Alt →"
          disabledReason={canGoForward ? undefined : 'This is the latest page'}
          onPress={goForward}
        >
          <ChevronRight size={16} />
        </IconButton>
      </span>
      <span className="flex-1 flex justify-center min-w-0">
        <button
          type="button"
          className="palette-field"
          aria-label="Search or run a command"
          onClick={openPalette}
        >
          <Search size={14} aria-hidden="true" />
          <span className="truncate">Search or run a command</span>
          <span className="ml-auto">
            <Kbd keys="Ctrl K" />
          </span>
        </button>
      </span>
      <span className="flex items-center gap-0.5">
        {tasks}
        <IconMenuButton aria-label="Change theme" items={themes} icon={<SunMoon size={16} />} size="md" />
        <IconButton aria-label="Settings" shortcut="Ctrl ," onPress={() => navigate({ page: 'settings' })}>
          <Settings size={16} />
        </IconButton>
      </span>
      <WindowControls />
    </header>
  );
}
