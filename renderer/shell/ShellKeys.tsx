import { useEffect, useMemo, useState } from 'react';
import { PAGES } from './pages';
import { openPalette, type PaletteItem, usePaletteItems } from './palette';
import { focusNextRegion } from './regions';
import { goBack, goForward, navigate } from './router';
import { parseRoute } from './routes';
import { ShortcutList } from './ShortcutList';
import { listenForShortcuts, useShortcut } from './shortcuts';
import { setTheme } from './theme';

const GROUP = 'Everywhere' as const;

/** The window's own shortcuts and palette items; draws the list of shortcuts. */
export function ShellKeys() {
  const [listOpen, setListOpen] = useState(false);
  useEffect(() => listenForShortcuts(), []);
  useShortcut({ keys: 'Ctrl K', label: 'Command palette', group: GROUP }, openPalette);
  useShortcut({ keys: 'Ctrl ,', label: 'Settings', group: GROUP }, () => navigate({ page: 'settings' }));
  useShortcut({ keys: 'Alt ArrowLeft', label: 'Back', group: GROUP }, goBack);
  useShortcut({ keys: 'Alt ArrowRight', label: 'Forward', group: GROUP }, goForward);
  useShortcut({ keys: 'F6', label: 'Next region', group: GROUP }, () => focusNextRegion());
  useShortcut({ keys: 'Shift F6', label: 'Region before', group: GROUP }, () => focusNextRegion(true));
  useShortcut({ keys: '?', label: 'All shortcuts', group: GROUP }, () => setListOpen(true));

  const items = useMemo(() => shellItems(() => setListOpen(true)), []);
  usePaletteItems(items);
  return (
    <>
      {PAGES.map((page, index) => (
        <PageKey key={page.id} href={`#/${page.id}`} label={page.label} number={index + 1} />
      ))}
      {listOpen && <ShortcutList onClose={() => setListOpen(false)} />}
    </>
  );
}

function PageKey({ href, label, number }: { href: string; label: string; number: number }) {
  useShortcut({ keys: `Ctrl ${number}`, label, group: GROUP }, () => openPage(href));
  return null;
}

function openPage(href: string) {
  const route = parseRoute(href);
  if (route) navigate(route);
}

/** A browser has no part in updates: they are of the program around the window. */
const checkForUpdates: PaletteItem = {
  id: 'updates',
  group: 'Actions',
  label: 'Check for updates…',
  where: 'Settings',
  run: () => {
    navigate({ page: 'settings', section: 'updates' });
    window.gantryDesktop?.updates.order('check');
  },
};

function shellItems(showShortcuts: () => void): PaletteItem[] {
  return [
    ...PAGES.map((page, index): PaletteItem => {
      const { icon: Icon } = page;
      return {
        id: `page:${page.id}`,
        group: 'Go to',
        label: page.label,
        icon: <Icon size={16} />,
        shortcut: `Ctrl ${index + 1}`,
        run: () => openPage(`#/${page.id}`),
      };
    }),
    {
      id: 'page:settings',
      group: 'Go to',
      label: 'Settings',
      shortcut: 'Ctrl ,',
      run: () => navigate({ page: 'settings' }),
    },
    {
      id: 'troubleshoot',
      group: 'Actions',
      label: 'Troubleshoot',
      hint: 'find out what is wrong, make a report, reset',
      where: 'Settings',
      run: () => navigate({ page: 'settings', section: 'troubleshoot' }),
    },
    ...(window.gantryDesktop ? [checkForUpdates] : []),
    { id: 'theme:light', group: 'Actions', label: 'Use the light theme', run: () => setTheme('light') },
    { id: 'theme:dark', group: 'Actions', label: 'Use the dark theme', run: () => setTheme('dark') },
    {
      id: 'theme:system',
      group: 'Actions',
      label: 'Use the system theme',
      run: () => setTheme('system'),
    },
    { id: 'shortcuts', group: 'Learn', label: 'Keyboard shortcuts', shortcut: '?', run: showShortcuts },
  ];
}
