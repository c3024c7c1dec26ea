import { type BrowserWindow, ipcMain } from 'electron';
import { z } from 'zod/mini';
import { pageOrigin } from '../page';
import type { Updates } from './updates';

const order = z.enum(['check', 'download', 'cancel', 'restart', 'retry']);

/** Lets the page of a window see the updates and give orders. Ends with the program. */
export function bridgeUpdates(updates: Updates, window: () => BrowserWindow | null): void {
  ipcMain.handle('updates:state', (event) =>
    event.senderFrame?.origin === pageOrigin ? updates.state : null,
  );
  ipcMain.on('updates:order', (event, wish: unknown) => {
    const { data } = order.safeParse(wish);
    if (data && event.senderFrame?.origin === pageOrigin) void updates.order(data);
  });
  updates.watch((state) => window()?.webContents.send('updates:changed', state));
}
