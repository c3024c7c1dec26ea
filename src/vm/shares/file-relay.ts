import type { Logger } from 'pino';
import { guestPath, hostPath } from '#contract/guest-path';
import type { Guest } from '../guest';
import { fileEvents } from './file-events';
import { isWithin } from './paths';

/**
 * Lets programs in containers that watch files hear of changes made on this computer: the guest's inotify knows
 * nothing of them. Only what running containers have mounted is watched.
 */
export class FileRelay {
  readonly #watched = new Map<string, AbortController>();

  /** @param signal ends it, and everything that it watches */
  constructor(
    private readonly guest: Guest,
    private readonly signal: AbortSignal,
    private readonly log: Logger,
  ) {}

  /** @param binds all folders and files of this computer that running containers have mounted now, as the guest calls them */
  watch(binds: string[]): void {
    const wanted = new Set(topmost(binds.filter((path) => this.#isShared(path))));
    for (const [path, over] of this.#watched) {
      if (wanted.has(path)) continue;
      over.abort();
      this.#watched.delete(path);
    }
    for (const path of wanted) {
      if (this.#watched.has(path)) continue;
      const over = new AbortController();
      this.#watched.set(path, over);
      void this.#relay(path, AbortSignal.any([this.signal, over.signal]));
    }
  }

  #isShared(path: string): boolean {
    return this.guest.facts.folders.some((folder) => isWithin(path, guestPath(folder.path)));
  }

  async #relay(path: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const batch of fileEvents([hostPath(path, process.platform)], signal)) {
        const link = await this.guest.linked(signal);
        // The lines' ends part the paths from each other.
        const lines = batch
          .filter((changed) => !changed.includes('\n'))
          .map((changed) => `${guestPath(changed)}\n`);
        link.touch().end(lines.join(''));
      }
    } catch (error) {
      if (!signal.aborted) this.log.info({ err: error, path }, 'Changes of files are not relayed');
    }
  }
}

/** Without those that are below another one. */
function topmost(paths: string[]): string[] {
  return paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other)));
}
