import type { ITheme } from '@xterm/xterm';
import { tokenColours } from '../tokenColours';

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The terminal's colours from the tokens, in the theme that holds at `near`. */
export function terminalTheme(near: Element): ITheme {
  const ansi = Object.fromEntries(
    names.flatMap((name) => [
      [name, `--g-ansi-${name}`],
      [`bright${name[0]?.toUpperCase()}${name.slice(1)}`, `--g-ansi-bright-${name}`],
    ]),
  );
  return tokenColours(near, {
    ...ansi,
    background: '--g-sunken',
    foreground: '--g-fg',
    cursor: '--g-accent-fg',
    cursorAccent: '--g-sunken',
    selectionBackground: 'color-mix(in srgb, var(--g-accent), transparent 70%)',
  });
}
