import { ChevronLeft, ChevronRight, Minus, Search, Settings, Square, SunMoon, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/IconButton';
import { Kbd } from '../ui/Kbd';
import { IconMenuButton } from '../ui/MenuButton';
import type { MenuEntry } from '../ui/menus';
import { isMac } from '../ui/platform';
import { openPalette } from './palette';
import { goBack, goForward, navigate, useRouter } from './router';
import { setTheme, type Theme, useTheme } from './theme';

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

/** Linux and Windows draw their controls here; macOS has its lights, a browser its own frame. */
function WindowControls() {
  const controls = window.gantryDesktop?.window;
  if (!controls || isMac()) return null;
  return (
    <span className="flex items-center -mr-3 ml-1">
      <button type="button" className="wc" aria-label="Minimize" onClick={() => controls.minimize()}>
        <Minus size={14} />
      </button>
      <button type="button" className="wc" aria-label="Maximize" onClick={() => controls.toggleMaximize()}>
        <Square size={12} />
      </button>
      <button
        type="button"
        className="wc wc-close"
        aria-label="Close window"
        onClick={() => controls.close()}
      >
        <X size={15} />
      </button>
    </span>
  );
}
