import type { Settings } from '#contract';
import type { Update, UpdateOrder, UpdatePhase, UpdatesState } from '#contract/updates';
import type { UpdateConfig } from './config';
import { LastCheck } from './last-check';
import type * as UpdaterProgram from './updater';
import type { Fetch } from './web';

type Mode = Settings['updates'];
type Updater = UpdaterProgram.Updater;
type Work = 'check' | 'download' | 'restart';

const dayMs = 24 * 60 * 60_000;
/** The window and the backend come first, and after a sleep the network. */
const afterStartMs = 20_000;
/** How long a check is put off where there is no network, of which Electron tells nothing when it comes back. */
const offlineMs = 60 * 60_000;
/** In which phases an order of the user's is carried out. */
const fits: Record<UpdateOrder, readonly UpdatePhase['phase'][]> = {
  check: ['idle', 'available', 'ready', 'failed'],
  download: ['available'],
  // Not once the system asks for the password: its own question has a way out, and root's work must not end halfway.
  cancel: ['checking', 'downloading'],
  restart: ['ready'],
  retry: ['failed'],
};
/** The page hears of bytes that often at most, in ms. */
const paceMs = 200;

interface Surroundings {
  /** Null with the phase that says why there is none. */
  config: UpdateConfig | Extract<UpdatePhase, { phase: 'none' }>;
  version: string;
  /** Gantry's folder. */
  folder: string;
  fetch: Fetch;
  /** Whether there is any network at all. */
  isOnline: () => boolean;
  /** Reads the program with electron-updater. */
  load: () => Promise<typeof UpdaterProgram>;
  /** The daily check has ended, with this. */
  onDaily: (now: UpdatePhase) => void;
  /** The update is installed: quits and starts again. @param program what to start; undefined for this one */
  onInstalled: (program: string | undefined) => void;
}

/** Looks for updates when it is told to, or once a day where the settings say so. */
export class Updates {
  #state: UpdatesState;
  #mode: Mode = 'off';
  #timer: NodeJS.Timeout | undefined;
  #work: AbortController | null = null;
  #updater: Promise<{ updater: Updater; problemOf: typeof UpdaterProgram.problemOf }> | null = null;
  /** What `retry` does. */
  #failed: Work = 'check';
  readonly #lastCheck: LastCheck;
  readonly #watchers = new Set<(state: UpdatesState) => void>();
  /** The next daily check comes then at the earliest; in ms since 1970. */
  #notBefore = Date.now() + afterStartMs;

  constructor(private readonly around: Surroundings) {
    this.#lastCheck = new LastCheck(around.folder);
    const { config, version } = around;
    const isOn = 'feed' in config;
    this.#state = {
      version,
      way: isOn ? config.way : 'by-hand',
      page: isOn ? config.feed : null,
      checkedAt: this.#lastCheck.at,
      now: isOn ? { phase: 'idle' } : config,
    };
  }

  get state(): UpdatesState {
    return this.#state;
  }

  /** Calls `watcher` after each change, until the returned function ends it. */
  watch(watcher: (state: UpdatesState) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** What the settings say. */
  setMode(mode: Mode): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#arm();
  }

  /** Does what the user ordered, if it fits what is going on. */
  async order(order: UpdateOrder): Promise<void> {
    if (!fits[order].includes(this.#state.now.phase)) return;
    if (order === 'cancel') this.#work?.abort();
    else if (!this.#work) await this.#carryOut(order === 'retry' ? this.#failed : order);
  }

  /** The computer has slept, and timers have stood still meanwhile. */
  wake(): void {
    this.#notBefore = Date.now() + afterStartMs;
    this.#arm();
  }

  /** Ends what is going on. */
  close(): void {
    clearTimeout(this.#timer);
    this.#mode = 'off';
    this.#work?.abort();
    this.#watchers.clear();
  }

  /** Sets the clock for the next daily check; none runs while the settings say `off`. */
  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#mode === 'off' || this.#state.now.phase === 'none') return;
    const due = Math.max((this.#lastCheck.at ?? 0) + dayMs, this.#notBefore);
    // A day at most, also where the clock was set back.
    const waitMs = Math.min(Math.max(0, due - Date.now()), dayMs);
    this.#timer = setTimeout(() => void this.#daily(), waitMs);
  }

  async #daily(): Promise<void> {
    // What is under way sets the clock anew at its end, and so does what the user makes of a finished download.
    if (this.#work || this.#waitsForUser()) return;
    if (!this.around.isOnline()) {
      this.#notBefore = Date.now() + offlineMs;
      this.#arm();
      return;
    }
    await this.#carryOut('check');
    if (this.#phase() === 'available' && this.#mode === 'download') await this.#carryOut('download');
    if (this.#mode !== 'off') this.around.onDaily(this.#state.now);
  }

  /** A download is finished, and to be installed. */
  #waitsForUser(): boolean {
    return this.#phase() === 'ready' || (this.#phase() === 'failed' && this.#failed === 'restart');
  }

  async #carryOut(order: Work): Promise<void> {
    const update = this.#update();
    const work = new AbortController();
    this.#work = work;
    try {
      if (order === 'check') await this.#check(work.signal);
      else if (order === 'download') await this.#download(work.signal);
      else await this.#restart(work.signal);
    } catch (error) {
      if (work.signal.aborted) this.#show(update ? { phase: 'available', update } : { phase: 'idle' });
      else await this.#fail(order, error, update);
    } finally {
      this.#work = null;
      this.#arm();
    }
  }

  async #check(signal: AbortSignal): Promise<void> {
    this.#show({ phase: 'checking' });
    // First, so that whatever fails afterwards comes once a day at most.
    this.#state = { ...this.#state, checkedAt: await this.#lastCheck.note() };
    const { updater } = await this.#open();
    const update = await updater.check(signal);
    this.#show(update ? { phase: 'available', update } : { phase: 'idle' });
  }

  async #download(signal: AbortSignal): Promise<void> {
    const update = this.#update();
    if (!update || this.#state.way === 'by-hand') return;
    this.#show({ phase: 'downloading', update, bytes: 0 });
    let toldAt = 0;
    const { updater } = await this.#open();
    await updater.download(signal, (bytes) => {
      if (Date.now() - toldAt < paceMs) return;
      toldAt = Date.now();
      this.#show({ phase: 'downloading', update, bytes });
    });
    this.#show({ phase: 'ready', update });
  }

  async #restart(signal: AbortSignal): Promise<void> {
    const update = this.#update();
    if (!update) return;
    this.#show({ phase: 'installing', update });
    const { updater } = await this.#open();
    this.around.onInstalled(await updater.install(signal));
  }

  async #fail(order: Work, error: unknown, update: Update | null): Promise<void> {
    const { updater, problemOf } = await this.#open();
    this.#failed = order === 'restart' && !updater.isReady ? 'download' : order;
    const problem = problemOf(error, new URL(this.#state.page ?? '').host);
    this.#show({ phase: 'failed', problem, update: order === 'check' ? null : update });
  }

  async #open() {
    const { config, load, ...around } = this.around;
    if (!('feed' in config)) throw new Error('This copy has no feed of updates');
    this.#updater ??= load().then(({ Updater, problemOf }) => ({
      updater: new Updater({ ...config, ...around }),
      problemOf,
    }));
    return this.#updater;
  }

  /** The update that it is about at the moment. */
  #update(): Update | null {
    const { now } = this.#state;
    return 'update' in now ? now.update : null;
  }

  #phase(): UpdatePhase['phase'] {
    return this.#state.now.phase;
  }

  #show(now: UpdatePhase): void {
    this.#state = { ...this.#state, now };
    for (const watcher of this.#watchers) watcher(this.#state);
  }
}
