import type { MessagePortMain } from 'electron';
import type { DesktopAction, DesktopState, Notice } from '#contract';
import { timeLimit } from '#contract/time-limit';
import { runAction } from './actions';
import { type BackendClient, openClient } from './backend-client';
import { GlobalKeys } from './global-keys';
import { tell, tellMessage } from './notifications';
import { hasTray, trayComes } from './tray-host';
import { TrayIcon } from './tray-icon';

interface Window {
  /** Shows it, at a route or as it was. */
  show(route: string | null): void;
  hasFocus(): boolean;
  /** What the settings say of updates, at the start and after a change. */
  onUpdates(mode: DesktopState['updates']): void;
}

/**
 * What Gantry shows outside of its window: the tray, notifications, keys for the whole desktop. The backend says what,
 * and this knows nothing of containers.
 */
export class AroundWindow {
  #backend: BackendClient | null = null;
  #state: DesktopState | null = null;
  #icon: TrayIcon | null = null;
  /** One look for a tray at a time. */
  #looking: Promise<boolean> = Promise.resolve(false);
  readonly #closed = new AbortController();
  readonly #keys: GlobalKeys;
  readonly #run = (action: DesktopAction) =>
    runAction(action, { show: (route) => this.window.show(route), backend: () => this.#backend });

  constructor(private readonly window: Window) {
    const keys = process.platform === 'darwin' ? '⌘ ⇧ G' : 'Ctrl Shift G';
    this.#keys = new GlobalKeys(
      () => window.show(null),
      () =>
        tellMessage(
          {
            title: 'The keys that show Gantry are taken',
            text: `Another program has ${keys}. The tray still shows the window.`,
          },
          () => window.show('#/settings/keyboard'),
        ),
    );
  }

  /** The backend is there, for the first time or again. */
  connect(port: MessagePortMain): void {
    const backend = openClient(port);
    this.#backend = backend;
    port.on('close', () => {
      if (this.#backend === backend) this.#backend = null;
    });
    const { desktop } = backend.client;
    void this.#follow(backend, desktop.watch(), (state) => this.#take(state));
    void this.#follow(backend, desktop.notices(), (notice) => this.#tell(notice));
  }

  /** Whether Gantry goes on without a window: the user wants it, and there is a tray that leads back. */
  async staysInTray(): Promise<boolean> {
    return this.#state?.closeTo === 'tray' && (await this.#ensureIcon());
  }

  /** Whether the icon is in a tray, perhaps of a panel that comes after Gantry. Waits that long for it, in ms. */
  async iconComes(limitMs: number): Promise<boolean> {
    return (await trayComes(timeLimit(limitMs, this.#closed.signal))) && (await this.#ensureIcon());
  }

  /** Says once that Gantry goes on although its window is closed. */
  async tellOfTray(): Promise<void> {
    if (!this.#state || this.#state.toldOfTray) return;
    const told = tell(
      {
        title: 'Gantry goes on in the tray',
        text: 'Its icon has the menu, and quits it. The settings can make closing the window quit instead.',
      },
      () => this.window.show('#/settings/general'),
    );
    if (!told) return;
    await this.#backend?.client.app
      .changeSettings({ toldOfTray: true })
      // It is then told a second time, which does no harm.
      .catch((error: unknown) => console.error('That the tray was told of could not be kept:', error));
  }

  close(): void {
    this.#closed.abort();
    this.#keys.close();
    this.#icon?.close();
    this.#icon = null;
  }

  /** Reads one of the backend's streams. When the backend dies it ends, and `connect` comes again. */
  async #follow<T>(
    backend: BackendClient,
    opening: Promise<AsyncIterable<T>>,
    onItem: (item: T) => void,
  ): Promise<void> {
    try {
      for await (const item of await opening) if (!this.#closed.signal.aborted) onItem(item);
    } catch (error) {
      if (this.#backend === backend && !this.#closed.signal.aborted)
        console.error('The tray follows no longer:', error);
    }
  }

  #take(state: DesktopState): void {
    const isFirst = this.#state === null;
    this.#state = state;
    this.#keys.set(state.shortcut);
    this.window.onUpdates(state.updates);
    if (this.#icon) this.#icon.show(state.tray);
    else if (isFirst) void this.#ensureIcon();
  }

  /** A desktop's panel may come and go: it is looked for at the start, and when the window is closed. */
  #ensureIcon(): Promise<boolean> {
    this.#looking = this.#looking.then(async () => {
      const isThere = await hasTray();
      if (isThere && !this.#icon && !this.#closed.signal.aborted && this.#state) {
        this.#icon = new TrayIcon(this.#state.tray, this.#run);
      }
      return isThere;
    });
    return this.#looking;
  }

  #tell(notice: Notice): void {
    if (this.window.hasFocus()) return;
    tell(notice, () => this.window.show(notice.route));
  }
}
