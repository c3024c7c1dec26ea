import type { ReactNode } from 'react';
import { create } from 'zustand';
import type { CommandPreview } from './commandStrip';

export interface MenuAction {
  id: string;
  label: string;
  icon?: ReactNode;
  /** Right-aligned key hint: "L", "F2", "Del". */
  shortcut?: string;
  danger?: boolean;
  /** Ticked or not; makes the section's items check items. */
  checked?: boolean;
  disabledReason?: string | undefined;
  preview?: CommandPreview | undefined;
  onAction: () => void;
}

/** A menu is a list of actions with separators between its sections. */
export type MenuEntry = MenuAction | 'separator';

export interface OpenMenu {
  /** The accessible name: "Actions for web-1". */
  label: string;
  items: readonly MenuEntry[];
  /** Below an element, or at a point of the window. */
  anchor: Element | { x: number; y: number };
  onClose?: () => void;
}

/** The one menu that can be open. MenuHost draws it. */
export const useOpenMenu = create<{ menu: OpenMenu | null }>(() => ({ menu: null }));

/** Opens a menu; it closes by itself on choice, Esc or a press outside. */
export function openMenu(menu: OpenMenu): void {
  useOpenMenu.getState().menu?.onClose?.();
  useOpenMenu.setState({ menu });
}

export function closeMenu(): void {
  const { menu } = useOpenMenu.getState();
  if (!menu) return;
  useOpenMenu.setState({ menu: null });
  menu.onClose?.();
}

/** Splits entries at their separators; empty sections vanish. */
export function menuSections(items: readonly MenuEntry[]): MenuAction[][] {
  const sections: MenuAction[][] = [[]];
  for (const item of items) {
    if (item === 'separator') sections.push([]);
    else sections[sections.length - 1]?.push(item);
  }
  return sections.filter((section) => section.length > 0);
}
