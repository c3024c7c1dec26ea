import type { BrowserWindow } from 'electron';
import { writeCrashReport } from '#backend/crash-reports';
import type { CrashCount } from './crash-count';
import { tellGaveUp } from './gave-up';

/** Opens a page that crashed again, where it was; its address has the route. */
export function reviveAfterCrash(
  { webContents }: BrowserWindow,
  dataFolder: string,
  count: CrashCount,
): void {
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const report = writeCrashReport(dataFolder, {
      part: 'page',
      why: `Its process is gone: ${reason}, exit code ${exitCode}`,
    });
    if (!count.add()) {
      webContents.reload();
      return;
    }
    void tellGaveUp('Gantry’s page keeps crashing', report, () => {
      count.forget();
      webContents.reload();
    });
  });
}
