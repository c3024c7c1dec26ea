import type { LogSource, OwnLogLine } from '#contract';
import { withGantry } from './with-gantry';

export const logSources = ['gantry', 'vm', 'serial'] as const satisfies readonly LogSource[];

export function tellLine({ at, level, text }: OwnLogLine): string {
  const time = at === null ? '' : `${new Date(at).toISOString()} `;
  return `${time}${level === 'info' ? '' : `${level}: `}${text}`;
}

export const runLogs = (options: {
  follow: boolean;
  lines: number;
  source: LogSource;
  json: boolean;
}): Promise<void> =>
  withGantry(async (client) => {
    const over = new AbortController();
    const end = () => over.abort();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    // `gantry logs --follow | head` has read enough.
    process.stdout.once('error', end);
    const { source, lines } = options;
    try {
      const batches = await client.diagnostics.log({ source, lines }, { signal: over.signal });
      for await (const batch of batches) {
        for (const line of batch) console.log(options.json ? JSON.stringify(line) : tellLine(line));
        if (!options.follow) return;
      }
    } catch (error) {
      if (!over.signal.aborted) throw error;
    }
  });
