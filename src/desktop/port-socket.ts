import { portReceipt } from '#contract/port-receipt';

/** A page that has this many characters unread gets nothing more until it has caught up. */
const full = 4_000_000;

/** Electron's MessagePortMain, as far as it is used. */
interface Port {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
}

const sizeOf = (data: unknown) =>
  typeof data === 'string' ? data.length : data instanceof Uint8Array ? data.byteLength : 0;

/**
 * A port as the WebSocket that oRPC expects. Sending waits while the page does not read, so the streams behind it
 * wait too, down to the engine's connection.
 */
export class PortSocket extends EventTarget {
  readonly #unread: number[] = [];
  #unreadSize = 0;
  #waiting: (() => void)[] = [];
  #closed = false;

  constructor(private readonly port: Port) {
    super();
    port.on('message', ({ data }) => {
      if (data === portReceipt) this.#taken();
      else this.dispatchEvent(new MessageEvent('message', { data }));
    });
    port.on('close', () => {
      this.#closed = true;
      this.#goOn();
      this.dispatchEvent(new Event('close'));
    });
  }

  send(data: unknown): Promise<void> | undefined {
    if (this.#closed) return undefined;
    const size = sizeOf(data);
    this.port.postMessage(data);
    this.#unread.push(size);
    this.#unreadSize += size;
    if (this.#unreadSize < full) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #taken(): void {
    this.#unreadSize -= this.#unread.shift() ?? 0;
    if (this.#unreadSize < full) this.#goOn();
  }

  #goOn(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
