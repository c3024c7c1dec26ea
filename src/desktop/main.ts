// Electron's main process: windows and the backend's life. It knows no Docker and never waits for it.
import { app, type BrowserWindow, ipcMain, Menu, session, shell } from 'electron';
import { writeDesktopProgram } from '#backend/desktop-program';
import { dataFolder, openFolder } from '#backend/folders';
import { AroundWindow } from './around-window';
import { askedRoute } from './asked-route';
import { BackendLink } from './backend-link';
import { CrashCount } from './crash-count';
import { handleLoginItem, hiddenSwitch, isStartAtLogin } from './login-item';
import { applicationMenu } from './menu';
import { opensWindow } from './opens-window';
import { startAnewAfterCrash } from './own-crash';
import { pageOrigin, registerPageScheme, servePage } from './page';
import { reviveAfterCrash } from './page-crash';
import { hasTray } from './tray-host';
import { bridgeUpdates } from './updates/bridge';
import { openUpdates } from './updates/index';
import type { Updates } from './updates/updates';
import { WantedRoute } from './wanted-route';
import { handleWindowButtons, openWindow } from './window';
import { windowFolder } from './window-folder';

const folder = openFolder(dataFolder());
// Chromium's own files go there too, so that GANTRY_HOME moves everything and a second home is a second Gantry.
app.setPath('userData', windowFolder(folder));

// The page asks the network for nothing, and the backend has its own: Chromium's needs no process of its own.
app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2');
// V8 collects the page's garbage sooner: a long log then takes some 80 MB less, and nothing gets noticeably slower.
app.commandLine.appendSwitch('js-flags', '--optimize-for-size');

/** How long a start at login waits for a panel with a tray; after that only the window leads to Gantry. */
const panelLimitMs = 15_000;

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  startAnewAfterCrash(folder);
  registerPageScheme();
  let window: BrowserWindow | null = null;
  let backend: BackendLink | null = null;
  let updates: Updates | null = null;
  /** The program is replaced, and starts anew at once: containers and the VM go on meanwhile. */
  let restarting = false;
  const wanted = new WantedRoute();
  const pageCrashes = new CrashCount();

  const open = () => {
    const opened = openWindow(folder);
    reviveAfterCrash(opened, folder, pageCrashes);
    opened.once('closed', () => {
      window = null;
    });
    return opened;
  };
  /** Shows the window, at a route or as it was. */
  const show = (route: string | null) => {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    } else window = open();
    if (route !== null) wanted.set(route, window);
  };
  const around = new AroundWindow({
    show,
    hasFocus: () => window?.isFocused() ?? false,
    onUpdates: (mode) => updates?.setMode(mode),
  });
  const restart = (program: string | undefined) => {
    restarting = true;
    app.relaunch(program ? { execPath: program } : {});
    app.quit();
  };

  let first = askedRoute(process.argv);
  // macOS hands over links so, also the one that starts the program.
  app.on('open-url', (event, link) => {
    event.preventDefault();
    if (backend) show(askedRoute([link]));
    else first = askedRoute([link]);
  });

  app.on('window-all-closed', async () => {
    if (await around.staysInTray()) await around.tellOfTray();
    else if (!window) app.quit();
  });
  app.on('will-quit', (event) => {
    if (!backend) return;
    // Pending deletions are carried out first.
    event.preventDefault();
    around.close();
    updates?.close();
    const closing = backend;
    backend = null;
    void closing.close({ goesOn: restarting }).finally(() => app.quit());
  });

  void app.whenReady().then(async () => {
    backend = new BackendLink(folder);
    servePage(session.defaultSession);
    handleWindowButtons();
    handleLoginItem(thisProgram());
    handleDataFolder();
    ipcMain.on('backend:connect', (event) => {
      if (event.senderFrame?.origin === pageOrigin) backend?.connect(event.sender);
    });
    updates = openUpdates(folder, { show }, restart);
    bridgeUpdates(updates, () => window);
    Menu.setApplicationMenu(
      applicationMenu(() => {
        show('#/settings/updates');
        void updates?.order('check');
      }),
    );
    app.on('second-instance', (_event, argv) => {
      if (!argv.includes(hiddenSwitch)) show(askedRoute(argv));
    });
    app.on('activate', () => show(null));
    const connect = () => backend?.connectMain((port) => around.connect(port));
    writeDesktopProgram(folder, thisProgram()).catch((error) =>
      console.error('`gantry open` will not find this window:', error),
    );
    const atLogin = isStartAtLogin();
    const hides = first === null && (atLogin || !opensWindow(folder));
    if (hides && (atLogin || (await hasTray()))) {
      connect();
      if (!(await around.iconComes(panelLimitMs)) && backend && !window) show(null);
    } else {
      show(first);
      // The page comes first.
      window?.once('ready-to-show', connect);
    }
  });
}

/** Shows Gantry's own folder, and no other, when the page wants it. */
function handleDataFolder(): void {
  ipcMain.handle('data-folder:open', (event) =>
    event.senderFrame?.origin === pageOrigin ? shell.openPath(folder) : null,
  );
}

/**
 * How this program is started again, which brings its window forward. An AppImage is unpacked elsewhere each time:
 * https://docs.appimage.org/packaging-guide/environment-variables.html
 */
const thisProgram = () => ({
  program: process.env.APPIMAGE ?? process.execPath,
  args: [
    ...(app.commandLine.hasSwitch('no-sandbox') ? ['--no-sandbox'] : []),
    ...(app.isPackaged ? [] : [app.getAppPath()]),
  ],
});
