import { createEngine } from '#engine/index';
import { searchImages } from '#engine/search';
import { TerminalSessions } from '#engine/terminal';
import { createRegistries } from '#registry/index';
import { architecture } from './architecture';
import { explain, procedures } from './boundary';
import { openFolder } from './folders';
import { openLog } from './log';
import { Removals } from './removals';
import { createRouter, type Router } from './router/index';
import type { Services } from './services';
import { SettingsStore } from './settings';
import { Tasks } from './tasks';
import { version } from './version';

/** How long Gantry's end may wait for deletions, shells and connections. */
const closingMs = 15_000;

export interface Backend {
  /** The contract's procedures; the hosts put them behind a port or a WebSocket. */
  router: Router;
  /** Carries out pending deletions, cancels what runs, and closes every connection. */
  close(): Promise<void>;
}

export function createBackend(dataFolder: string): Backend {
  openFolder(dataFolder);
  const log = openLog(dataFolder);
  const settings = new SettingsStore(dataFolder);
  const engine = createEngine({ host: settings.now.engineHost });
  const registries = createRegistries({
    settings,
    version,
    searchEngine: (term, signal) => searchImages(engine.docker(), term, signal),
    platform: () => ({ os: 'linux', arch: engine.projection.snapshot().engine.facts?.arch ?? architecture }),
  });
  const tasks = new Tasks((error) => explain(error, 'a task', log));
  const removals = new Removals(engine, tasks);
  const terminals = new TerminalSessions();
  const services: Services = {
    version,
    dataFolder,
    log,
    settings,
    engine,
    registries,
    tasks,
    removals,
    terminals,
  };
  log.info({ version, platform: process.platform }, 'Gantry starts');
  const end = async () => {
    removals.flush();
    await Promise.all([tasks.close(), terminals.closeAll()]);
    await engine.close();
  };
  let closing: Promise<void> | undefined;
  return {
    router: createRouter(procedures(log), services),
    close: () => {
      closing ??= withinLimit(end()).finally(() => log.end());
      return closing;
    },
  };
}

async function withinLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, closingMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
