import { type BrowserWindow, ipcMain } from 'electron';
import { pageOrigin } from './page';

/** Where the page should go next. It is told that there is something, and takes it when it is ready. */
export class WantedRoute {
  #route: string | null = null;

  constructor() {
    ipcMain.handle('window:take-route', (event) => {
      if (event.senderFrame?.origin !== pageOrigin) return null;
      const route = this.#route;
      this.#route = null;
      return route;
    });
  }

  /** @param route as in the page's address: `#/containers/3f2a/logs` */
  set(route: string, { webContents }: BrowserWindow): void {
    this.#route = route;
    webContents.send('window:wanted-route');
  }
}
