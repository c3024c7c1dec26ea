import type { ReactNode } from 'react';
import { useEffect, useId } from 'react';
import { create } from 'zustand';
import type { PaletteText } from './paletteMatch';

export interface PaletteItem extends PaletteText {
  id: string;
  group: 'Actions' | 'Go to' | 'Learn';
  icon?: ReactNode;
  /** Quiet text at the right: the page it leads to. */
  where?: string;
  shortcut?: string;
  /** The command it would run, shown at the palette's foot. */
  argv?: readonly string[];
  run: () => void;
}

interface PaletteState {
  open: boolean;
  sources: ReadonlyMap<string, readonly PaletteItem[]>;
}

export const usePalette = create<PaletteState>(() => ({ open: false, sources: new Map() }));

export function openPalette(): void {
  usePalette.setState({ open: true });
}

export function closePalette(): void {
  usePalette.setState({ open: false });
}

/** Offers items in the palette while the component is mounted. Keep the array's identity (useMemo). */
export function usePaletteItems(items: readonly PaletteItem[]): void {
  const source = useId();
  useEffect(() => {
    setSource(source, items);
    return () => setSource(source, null);
  }, [source, items]);
}

function setSource(source: string, items: readonly PaletteItem[] | null): void {
  const sources = new Map(usePalette.getState().sources);
  if (items) sources.set(source, items);
  else sources.delete(source);
  usePalette.setState({ sources });
}
