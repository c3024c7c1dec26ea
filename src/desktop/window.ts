import { fileURLToPath } from 'node:url';
import { BrowserWindow, ipcMain, nativeTheme, screen, shell } from 'electron';
import { mayOpenOutside } from './outside';
import { pageOrigin } from './page';
import { readWindowState, writeWindowState } from './window-state';

/** From the design language: default and smallest size of the window, in pixels. */
const size = { width: 1280, height: 800, minWidth: 960, minHeight: 640 };
/** `--g-chrome` of the design's tokens, so that no other colour flashes before the page is drawn. */
const background = { light: '#eef1f3', dark: '#0f1417' };

/** Opens the window, where it was the last time. */
export function openWindow(dataFolder: string): BrowserWindow {
  const state = readWindowState(
    dataFolder,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...size,
    ...state?.bounds,
    title: 'Gantry',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    // The page draws the title bar; macOS keeps its own lights in it.
    ...(process.platform === 'darwin'
      ? { titleBarStyle: 'hidden' as const, trafficLightPosition: { x: 16, y: 17 } }
      : { frame: false }),
    webPreferences: {
      preload: fileURLToPath(new URL('preload.cjs', import.meta.url)),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(dataFolder, window).catch((error) =>
      console.error('The place of the window could not be kept:', error),
    );
  });
  keepInside(window);
  // A refused navigation while the page loads fails this promise; the page itself is there.
  void window.loadURL(`${pageOrigin}/`).catch(() => undefined);
  return window;
}

/** The page never leaves itself: links go to the user's browser, if they may go anywhere. */
function keepInside({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) {
      shell.openExternal(url).catch((error) => console.error(`The system could not open ${url}:`, error));
    }
    return { action: 'deny' };
  });
  webContents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${pageOrigin}/`)) event.preventDefault();
  });
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
}

/** The buttons of the title bar that the page draws; only a window of ours may press them. */
export function handleWindowButtons(): void {
  const press = (channel: string, act: (window: BrowserWindow) => void) => {
    ipcMain.on(channel, (event) => {
      const window = BrowserWindow.fromWebContents(event.sender);
      if (window && event.senderFrame?.origin === pageOrigin) act(window);
    });
  };
  press('window:minimize', (window) => window.minimize());
  press('window:toggle-maximize', (window) =>
    window.isMaximized() ? window.unmaximize() : window.maximize(),
  );
  press('window:close', (window) => window.close());
}
