import { create } from 'zustand';

export type Theme = 'system' | 'light' | 'dark';

/** The key that first-paint.js reads before anything is drawn. */
const KEY = 'gantry.theme';

function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export const useTheme = create<{ theme: Theme }>(() => ({ theme: storedTheme() }));

export function setTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(KEY);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEY, theme);
    document.documentElement.dataset.theme = theme;
  }
  useTheme.setState({ theme });
}
