import { spawn } from 'node:child_process';
import { writeCrashReport } from '#backend/crash-reports';
import { dataFolder } from '#backend/folders';
import { createBackend } from '#backend/index';
import { pageFolder } from '#backend/page-files';
import { serve } from '#web/server';

/** How each system opens an address in the user's browser. */
const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens the browser; where there is none the printed address is enough. */
function openBrowser(address: string) {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

/** Resolves with the first wish to end: Ctrl-C, or a polite end from elsewhere. */
const askedToEnd = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

/** Why a port cannot be had, by the system's code. */
const portTrouble: Record<string, string> = {
  EADDRINUSE: 'is used by another program',
  EACCES: 'is for the system’s administrator alone',
};

export async function runServe(options: {
  port: number;
  open: boolean;
  json: boolean;
  /** Address of a page within the app; its first one otherwise. */
  page?: string;
}): Promise<void> {
  const end = askedToEnd();
  const folder = dataFolder();
  const backend = createBackend(folder, { app: true });
  const crashed = (error: Error) => {
    backend.noteCrash(error);
    const report = writeCrashReport(folder, { part: 'main', why: error.stack ?? String(error) });
    console.error(`Gantry crashed: ${error.message}`);
    if (report) console.error(`What is known of it was written to ${report}`);
    process.exit(1);
  };
  process.once('uncaughtException', crashed);
  try {
    const server = await serve(backend, { port: options.port, pageFolder: pageFolder(import.meta.url) });
    if (options.json) console.log(JSON.stringify({ url: server.address }));
    else
      console.log(
        `Gantry is open at ${server.address}\nThe address works once. Ctrl-C ends Gantry; containers go on.`,
      );
    if (options.open) openBrowser(options.page ? `${server.address}#/${options.page}` : server.address);
    await end;
    await server.close();
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? portTrouble[String(error.code)] : undefined;
    if (why === undefined) throw error;
    console.error(`Port ${options.port} ${why}. Leave --port out to take a free one.`);
    process.exitCode = 1;
  } finally {
    process.off('uncaughtException', crashed);
    await backend.close();
  }
}
