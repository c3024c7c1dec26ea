import { app, ipcMain } from 'electron';
import { z } from 'zod/mini';
import { autostartPath, isAutostarted, setAutostarted } from '#backend/autostart-file';
import type { DesktopProgram } from '#backend/desktop-program';
import type { LoginItem } from '#contract';
import { pageOrigin } from './page';

/** Given to a start at login, which shows no window where there is a tray. */
export const hiddenSwitch = '--hidden';

/** Whether this start is one at login. macOS hands on no arguments, and says so itself. */
export const isStartAtLogin = (): boolean =>
  process.argv.includes(hiddenSwitch) ||
  (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function linuxState(): Promise<LoginItem> {
  try {
    return { on: await isAutostarted(autostartPath()), why: null };
  } catch (error) {
    return { on: false, why: `Gantry cannot read the file that says so. ${reason(error)}` };
  }
}

/** macOS and Windows keep a list of their own. */
function listedState({ program, args }: DesktopProgram): LoginItem {
  if (!app.isPackaged) {
    return {
      on: false,
      why: 'This is a copy of the source. Only an installed Gantry can be started at login.',
    };
  }
  const { openAtLogin, executableWillLaunchAtLogin, status } = app.getLoginItemSettings({
    path: program,
    args,
  });
  if (process.platform === 'win32') return { on: openAtLogin && executableWillLaunchAtLogin, why: null };
  const waits = status === 'requires-approval';
  return {
    on: openAtLogin,
    why: waits ? 'macOS wants your consent: System Settings, General, Login Items.' : null,
  };
}

async function change(on: boolean, program: DesktopProgram): Promise<LoginItem> {
  if (process.platform !== 'linux') {
    if (app.isPackaged) {
      app.setLoginItemSettings({ openAtLogin: on, path: program.program, args: program.args });
    }
    return listedState(program);
  }
  try {
    await setAutostarted(autostartPath(), on ? program : null);
    return await linuxState();
  } catch (error) {
    return { ...(await linuxState()), why: `The file that says so could not be changed. ${reason(error)}` };
  }
}

/** Answers the page's questions about the start at login. @param started how this program is started */
export function handleLoginItem(started: DesktopProgram): void {
  const program = { ...started, args: [...started.args, hiddenSwitch] };
  ipcMain.handle('login-item:read', (event) => {
    if (event.senderFrame?.origin !== pageOrigin) return null;
    return process.platform === 'linux' ? linuxState() : listedState(program);
  });
  ipcMain.handle('login-item:set', (event, on: unknown) => {
    if (event.senderFrame?.origin !== pageOrigin) return null;
    return change(z.boolean().parse(on), program);
  });
}
