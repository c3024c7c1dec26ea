import { globalShortcut } from 'electron';

/** The keys that show the window whichever program has the keyboard; at most one set of them. */
export class GlobalKeys {
  #keys: string | null = null;

  /** @param onRefused the system did not give the keys: another program has them */
  constructor(
    private readonly press: () => void,
    private readonly onRefused: (keys: string) => void,
  ) {}

  set(keys: string | null): void {
    if (keys === this.#keys) return;
    this.close();
    this.#keys = keys;
    if (keys !== null && !globalShortcut.register(keys, this.press)) this.onRefused(keys);
  }

  close(): void {
    if (this.#keys !== null) globalShortcut.unregister(this.#keys);
    this.#keys = null;
  }
}
