import { app, dialog } from 'electron';
import { writeCrashReport } from '#backend/crash-reports';
import { isLoop, recentCrashes } from './crash-count';

/** Times of the crashes before this start, in ms, so that their count outlives the program. */
const flag = '--crashed-at=';

const crashTimes = (argv: readonly string[]): number[] =>
  argv
    .filter((word) => word.startsWith(flag))
    .flatMap((word) => word.slice(flag.length).split(','))
    .map(Number);

/** The words of this start, without the page that it was to open: the next one opens where this one was. */
const sameStart = (argv: readonly string[], times: readonly number[]): string[] => [
  ...argv.filter((word) => !/^(?:--crashed-at=|--page=|gantry:\/\/)/.test(word)),
  `${flag}${times.join(',')}`,
];

/** When the main process has a fault, a report is written and Gantry starts anew, unless that has not helped before. */
export function startAnewAfterCrash(dataFolder: string): void {
  let crashing = false;
  process.on('uncaughtException', (error) => {
    // Ending in an orderly way did not work either.
    if (crashing) return app.exit(1);
    crashing = true;
    console.error('Gantry crashed:', error);
    const report = writeCrashReport(dataFolder, { part: 'main', why: error.stack ?? String(error) });
    const now = Date.now();
    const times = [...recentCrashes(crashTimes(process.argv), now), now];
    if (isLoop(times)) {
      dialog.showErrorBox(
        'Gantry keeps crashing',
        'It crashed three times within a minute and is not started again by itself. Your containers are not affected.' +
          (report ? `\n\nWhat is known of it was written to ${report}` : ''),
      );
    } else app.relaunch({ args: sameStart(process.argv.slice(1), times) });
    app.quit();
  });
}
