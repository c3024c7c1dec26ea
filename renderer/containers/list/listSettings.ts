import { create } from 'zustand';

export const optionalColumns = ['image', 'ports', 'cpu', 'memory'] as const;
export type OptionalColumn = (typeof optionalColumns)[number];

interface ListSettings {
  grouped: boolean;
  compact: boolean;
  hidden: readonly OptionalColumn[];
}

const KEY = 'gantry.containers';
const defaults: ListSettings = { grouped: true, compact: false, hidden: [] };

function stored(): ListSettings {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof said !== 'object' || said === null) return defaults;
    const { grouped, compact, hidden } = { ...defaults, ...said };
    return {
      grouped: grouped !== false,
      compact: compact === true,
      hidden: Array.isArray(hidden) ? optionalColumns.filter((column) => hidden.includes(column)) : [],
    };
  } catch {
    // Edited by hand or cut off: the list looks as at first.
    return defaults;
  }
}

/** How the list looks, remembered on this computer. */
export const useListSettings = create<ListSettings>(stored);

export function changeListSettings(change: Partial<ListSettings>): void {
  useListSettings.setState(change);
  localStorage.setItem(KEY, JSON.stringify(useListSettings.getState()));
}
