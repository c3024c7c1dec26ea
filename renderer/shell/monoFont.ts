import { useEffect } from 'react';
import { useSettings } from '../settings/useSettings';

/** Gantry's own size of text in terminals and logs, in pixels. */
const usualSize = 12;

/** Height of a row of text of this size, both in pixels: 19 for the usual 12. */
export const rowHeightOf = (fontSize: number): number => Math.round((fontSize * 19) / 12);

/** As a CSS list; what follows is taken where this computer has no such font. */
export const familyOf = (name: string): string =>
  name.trim() === '' ? 'var(--g-font-mono)' : `${JSON.stringify(name.trim())}, var(--g-font-mono)`;

/** Width of a text, in a font that is there in any case unless the wanted one is. */
function widthOf(text: string, family: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = `40px ${family}`;
  return context.measureText(text).width;
}

/** Why a font cannot be what its user wants; undefined when it can. */
export function fontProblem(name: string): string | undefined {
  if (name.trim() === '') return undefined;
  const wanted = JSON.stringify(name.trim());
  const sample = 'mmmmiiiiWWWW';
  // A font that is missing leaves its place to the next one, which differs between the two.
  const isThere = widthOf(sample, `${wanted}, monospace`) === widthOf(sample, `${wanted}, serif`);
  if (!isThere) return 'This computer has no such font, so Gantry’s own is used.';
  return widthOf('iiii', wanted) === widthOf('MMMM', wanted)
    ? undefined
    : 'Its letters differ in width, so columns do not line up.';
}

/** The chosen font of terminals and logs. */
export function useMonoFont(): { name: string; size: number } {
  const { settings } = useSettings();
  return { name: settings?.monoFont ?? '', size: settings?.monoSize ?? usualSize };
}

/** Hands the chosen font to log.css. */
export function useMonoFontStyle(): void {
  const { name, size } = useMonoFont();
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--g-font-log', familyOf(name));
    style.setProperty('--g-log-size', `${size}px`);
    style.setProperty('--g-log-row', `${rowHeightOf(size)}px`);
  }, [name, size]);
}
