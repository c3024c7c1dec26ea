import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopAction, TrayItem } from '#contract';

/** Electron takes a single "&" for the mark of an access key. */
const plain = (label: string) => label.replaceAll('&', '&&');

function template(item: TrayItem, run: (action: DesktopAction) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'text':
      return { label: plain(item.label), enabled: false };
    case 'menu':
      return { label: plain(item.label), submenu: menuTemplate(item.items, run) };
    case 'action':
      return {
        label: plain(item.label),
        click: () => run(item.action),
        // Only shown: the keys are registered for the whole desktop, see global-keys.ts.
        ...(item.keys ? { accelerator: item.keys, registerAccelerator: false } : {}),
      };
  }
}

/** The menu as Electron builds it. */
export const menuTemplate = (
  items: readonly TrayItem[],
  run: (action: DesktopAction) => void,
): MenuItemConstructorOptions[] => items.map((item) => template(item, run));
