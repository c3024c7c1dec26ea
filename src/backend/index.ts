import type { Problem } from '#contract';
import { createEngine } from '#engine/index';
import { searchImages } from '#engine/search';
import { TerminalSessions } from '#engine/terminal';
import { createRegistries } from '#registry/index';
import { Vm } from '#vm/index';
import { within } from '#vm/within';
import { architecture, guestArchitecture } from './architecture';
import { explain, procedures } from './boundary';
import { Desktop } from './desktop/index';
import { Diagnostics } from './diagnostics/index';
import { explainFullDisk } from './disk-full';
import { chosenHost, engineOf, followBeside, followVm } from './engine-choice';
import { openFolder } from './folders';
import { openLog } from './log';
import { Removals } from './removals';
import { createRouter, type Router } from './router/index';
import type { Services } from './services';
import { SettingsStore } from './settings';
import { Tasks } from './tasks';
import { toolsAround } from './tools/around';
import { Tools } from './tools/index';
import { version } from './version';
import { guestImage, keeperProgram } from './vm-files';

/** How long Gantry's end may wait for deletions, shells and connections. */
const closingMs = 15_000;

export interface Backend {
  /** The contract's procedures; the hosts put them behind a port or a WebSocket. */
  router: Router;
  /** For what is no procedure: a terminal in the VM. */
  vm: Pick<Vm, 'run'>;
  /** Writes down what is about to end this process. */
  noteCrash(error: unknown): void;
  /**
   * Carries out pending deletions, cancels what runs, and closes every connection.
   * @param options `goesOn`: Gantry starts again at once, as after an update, so that the VM goes on whatever the
   * settings say
   */
  close(options?: { goesOn: boolean }): Promise<void>;
}

/**
 * @param options `app`: an app is opened and closed with it, not a single command: the VM's engine is started if it is
 * the chosen one, and goes on afterwards or not, as the settings say
 */
export function createBackend(dataFolder: string, options: { app?: boolean } = {}): Backend {
  openFolder(dataFolder);
  const log = openLog(dataFolder);
  const settings = new SettingsStore(dataFolder);
  const vm = new Vm({
    home: dataFolder,
    image: guestImage(),
    keeperProgram: keeperProgram(),
    arch: guestArchitecture,
    settings: () => settings.now.vm,
  });
  const engine = createEngine({ host: chosenHost(settings.now, vm), vm: engineOf(vm) });
  const following = [followVm(vm, engine)];
  if (options.app) following.push(followBeside({ engine, settings, vm }));
  const registries = createRegistries({
    settings,
    version,
    searchEngine: (term, signal) => searchImages(engine.docker(), term, signal),
    platform: () => ({ os: 'linux', arch: engine.projection.snapshot().engine.facts?.arch ?? architecture }),
  });
  const complete = (problem: Problem) => explainFullDisk(problem, { engine, vm });
  const tasks = new Tasks((error) => complete(explain(error, 'a task', log)));
  const removals = new Removals(engine, tasks);
  const terminals = new TerminalSessions();
  const parts = {
    version,
    dataFolder,
    log,
    settings,
    engine,
    registries,
    tasks,
    removals,
    terminals,
    tools: new Tools(toolsAround(dataFolder)),
    vm,
    desktop: new Desktop({ engine, settings, tasks, vm }),
  };
  const services: Services = { ...parts, diagnostics: new Diagnostics(parts) };
  log.info({ version, platform: process.platform }, 'Gantry starts');
  if (options.app && settings.now.engineChoice === 'vm') {
    // Its state tells how far it is, and what went wrong.
    vm.start().catch((error: unknown) => log.warn({ err: error }, 'The VM did not start'));
  }
  const end = async (goesOn: boolean) => {
    removals.flush();
    for (const one of following) one.abort();
    await Promise.all([tasks.close(), terminals.closeAll()]);
    await engine.close();
    if (options.app && !goesOn)
      await vm.release().catch((error: unknown) => log.warn({ err: error }, 'The VM goes on'));
    await vm.close();
  };
  let closing: Promise<boolean> | undefined;
  return {
    router: createRouter(procedures(log, complete), services),
    vm,
    noteCrash: (error) => log.fatal({ err: error }, 'Gantry crashes'),
    close: ({ goesOn } = { goesOn: false }) => {
      closing ??= within(closingMs, end(goesOn)).finally(() => log.end());
      return closing.then(() => undefined);
    },
  };
}
