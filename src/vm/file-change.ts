import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Windows reports no growth of a file that another process holds open. */
const windowsLookMs = 250;

/** Tells that something happened to a file since it was last asked. The folder is watched, as files are replaced. */
export class FileChange {
  readonly #watcher: FSWatcher;
  readonly #timer: NodeJS.Timeout | undefined;
  #happened = false;
  #wake: () => void = () => undefined;

  /** @param path of a file that need not be there yet, in a folder that is */
  constructor(
    path: string,
    private readonly signal: AbortSignal,
  ) {
    this.#watcher = watch(dirname(path), (_, name) => {
      if (name === null || name === basename(path)) this.#tell();
    });
    this.#watcher.on('error', this.#tell);
    if (process.platform === 'win32') this.#timer = setInterval(this.#tell, windowsLookMs);
    signal.addEventListener('abort', this.#tell);
  }

  /** Resolves when something has happened since the last time, or the signal has aborted. */
  async next(): Promise<void> {
    if (!this.#happened && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#happened = false;
  }

  close(): void {
    this.#watcher.close();
    clearInterval(this.#timer);
    this.signal.removeEventListener('abort', this.#tell);
  }

  readonly #tell = () => {
    this.#happened = true;
    this.#wake();
  };
}
