import { forever, type Procedures } from '../boundary';
import { readCrashReports, takeNewCrash } from '../crash-reports';
import { followLog, logPath } from '../diagnostics/own-log';
import type { Services } from '../services';

export function diagnosticsRouter({ diagnostics: at }: Procedures, services: Services) {
  const { diagnostics, dataFolder } = services;
  return at.router({
    run: at.run.handler(({ input, signal }) => diagnostics.run(input, signal ?? forever)),
    fix: at.fix.handler(({ input, signal }) => diagnostics.fix(input.repair, signal ?? forever)),
    log: at.log.handler(({ input, signal }) =>
      followLog(logPath(dataFolder, input.source), input.lines, signal ?? forever),
    ),
    crashes: at.crashes.handler(() => readCrashReports(dataFolder)),
    newCrash: at.newCrash.handler(() => takeNewCrash(dataFolder)),
    report: at.report.handler(({ signal }) => diagnostics.report(signal ?? forever)),
    saveReport: at.saveReport.handler(async ({ input }) => ({ path: await diagnostics.saveReport(input) })),
  });
}
