import type { Container, DesktopState, EverythingVerb, Notice, Outcome } from '#contract';
import { isRunning, isUp } from '#contract/container-state';
import { changesOf, each, Feed } from '#engine/feed';
import type { Services } from '../services';
import { NoticeRules } from './notices';
import { showKeys, trayModel } from './tray-model';

const paceMs = 333;

/** Which containers are meant by "everything". */
const fits: Record<EverythingVerb, (container: Container) => boolean> = {
  pause: isRunning,
  unpause: ({ state }) => state === 'paused',
  restart: isUp,
  stop: isUp,
};

/** What the program around the window shows outside of it. Asks the engine for nothing but what is ordered. */
export class Desktop {
  readonly #since = Date.now();
  /** What "Stop everything" stopped. */
  #stopped: string[] = [];

  constructor(private readonly services: Pick<Services, 'engine' | 'settings' | 'tasks' | 'vm'>) {}

  /** The present state first, then each change. Ends when `signal` aborts or the reader leaves. */
  watch(signal?: AbortSignal): Feed<DesktopState> {
    const { engine, settings, vm } = this.services;
    return changesOf(
      () => this.#state(),
      paceMs,
      (wake, over) => {
        void each(engine.projection.watch(over), wake);
        void each(engine.beside.projection.watch(over), wake);
        void each(vm.watch(over), wake);
        over.addEventListener('abort', settings.onChange(wake), { once: true });
      },
      signal,
    );
  }

  /** What happens from now on, as far as the settings want it told. */
  notices(signal?: AbortSignal): Feed<Notice> {
    const { engine, settings, tasks, vm } = this.services;
    const rules = new NoticeRules();
    const over = new AbortController();
    const waiting: Notice[] = [];
    const feed = new Feed({ take: () => waiting.shift(), close: () => over.abort() }, 0, signal);
    const tell = (notice: Notice | null) => {
      if (!notice || !settings.now.notifications[notice.kind]) return;
      waiting.push(notice);
      feed.wake();
    };
    const from = Date.now();
    void each(engine.activity.watch(over.signal), (entries) => {
      const shown = engine.state().endpoint?.host;
      for (const entry of entries) {
        const other = entry.engine === shown ? undefined : engine.beside.neighbour()?.name;
        if (entry.at >= from) tell(rules.ofActivity(entry, other));
      }
    });
    void each(tasks.watch(over.signal), ({ set }) => {
      for (const task of set) tell(rules.ofTask(task));
    });
    void each(vm.watch(over.signal), (state) => tell(rules.ofVm(state)));
    return feed;
  }

  async everything(verb: EverythingVerb): Promise<Outcome> {
    const { lifecycle } = this.services.engine;
    const ids = this.#containers()
      .filter((container) => fits[verb](container))
      .map(({ id }) => id);
    if (verb !== 'stop') return lifecycle[verb](ids);
    // Known before the engine tells of the first one.
    this.#stopped = ids;
    const outcome = await lifecycle.stop(ids);
    this.#stopped = outcome.done;
    return outcome;
  }

  async startStopped(): Promise<Outcome> {
    const ids = this.#stillStopped();
    this.#stopped = [];
    return this.services.engine.lifecycle.start(ids);
  }

  #containers() {
    return [...this.services.engine.projection.snapshot().containers.values()];
  }

  #stillStopped(): string[] {
    const { containers } = this.services.engine.projection.snapshot();
    return this.#stopped.filter((id) => containers.get(id)?.state === 'exited');
  }

  #state(): DesktopState {
    const { engine, settings, vm } = this.services;
    const { closeTo, toldOfTray, globalShortcut, updates } = settings.now;
    const tray = trayModel({
      engine: engine.state(),
      containers: this.#containers(),
      beside: engine.beside.neighbour(),
      vm: vm.state,
      settings: settings.now,
      since: this.#since,
      stopped: this.#stillStopped(),
    });
    return { tray, closeTo, toldOfTray, shortcut: globalShortcut ? showKeys : null, updates };
  }
}
