import { Menu } from 'electron';

/**
 * macOS needs a menu for copy, paste and quit to have their keys. Elsewhere the page has its own title bar, and a
 * hidden menu would only take keys away from it.
 */
export function applicationMenu(): Menu | null {
  if (process.platform !== 'darwin') return null;
  return Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]);
}
