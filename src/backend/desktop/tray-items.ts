import type { DesktopAction, TrayItem } from '#contract';

/** The order in which things stand in the menu. */
export const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);

export const separator: TrayItem = { kind: 'separator' };
export const text = (label: string): TrayItem => ({ kind: 'text', label });
export const menu = (label: string, items: TrayItem[]): TrayItem => ({ kind: 'menu', label, items });
export const item = (label: string, action: DesktopAction): TrayItem => ({ kind: 'action', label, action });

export const show = (label: string, route: string | null): TrayItem => item(label, { kind: 'show', route });
export const call = (label: string, procedure: string, input?: unknown): TrayItem =>
  item(label, { kind: 'call', procedure, ...(input === undefined ? {} : { input }) });

/** The page of a container, as the window's routes name it. */
export const routeOf = (id: string, tab?: string): string =>
  `#/containers/${encodeURIComponent(id)}${tab ? `/${tab}` : ''}`;

/** The groups one after the other with a line between them, without the empty ones. */
export const inGroups = (...groups: TrayItem[][]): TrayItem[] =>
  groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index > 0 ? [separator, ...group] : group));
