import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * macOS needs a menu for copy, paste and quit to have their keys. Elsewhere the page has its own title bar, and a
 * hidden menu would only take keys away from it.
 */
export function applicationMenu(checkForUpdates: () => void): Menu | null {
  if (process.platform !== 'darwin') return null;
  const gantry: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { label: 'Check for Updates…', click: checkForUpdates },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
  return Menu.buildFromTemplate([gantry, { role: 'editMenu' }, { role: 'windowMenu' }]);
}
