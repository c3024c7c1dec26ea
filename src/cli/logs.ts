import { followLog, logPath } from '#backend/diagnostics/own-log';
import { dataFolder } from '#backend/folders';
import type { LogSource, OwnLogLine } from '#contract';

export const logSources = ['gantry', 'vm', 'serial'] as const satisfies readonly LogSource[];

export function tellLine({ at, level, text }: OwnLogLine): string {
  const time = at === null ? '' : `${new Date(at).toISOString()} `;
  return `${time}${level === 'info' ? '' : `${level}: `}${text}`;
}

/** Reads the files themselves: a backend of its own would write its start into the log that is read. */
export async function runLogs(options: {
  follow: boolean;
  lines: number;
  source: LogSource;
  json: boolean;
}): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  // `gantry logs --follow | head` has read enough.
  process.stdout.once('error', end);
  for await (const batch of followLog(logPath(dataFolder(), options.source), options.lines, over.signal)) {
    for (const line of batch) console.log(options.json ? JSON.stringify(line) : tellLine(line));
    if (!options.follow) return;
  }
}
