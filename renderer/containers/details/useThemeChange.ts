import { useEffect, useReducer } from 'react';
import { useTheme } from '../../shell/theme';

/** A number that changes when the colours do: by the setting, or by the system. */
export function useThemeChange(): string {
  const { theme } = useTheme();
  const [changes, changed] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, []);
  return `${theme} ${changes}`;
}
