import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  MessageChannelMain,
  type MessagePortMain,
  type UtilityProcess,
  utilityProcess,
  type WebContents,
} from 'electron';

import { writeCrashReport } from '#backend/crash-reports';
import { CrashCount } from './crash-count';
import { tellGaveUp } from './gave-up';

const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** A backend that lived this long was well; its death begins the back-off anew. */
const wellMs = 30_000;
/** How long the backend may take to carry out pending deletions and close. */
const closingMs = 17_000;

/**
 * The backend in a process of its own. If it dies it is started again, and every page gets a port to the new one;
 * containers and the engine never notice. One that dies again and again is started when the user says so.
 */
export class BackendLink {
  #process: UtilityProcess | null = null;
  #closing = false;
  #startedAt = 0;
  #pauseMs = firstPauseMs;
  readonly #pages = new Set<WebContents>();
  readonly #crashes = new CrashCount();
  #onPort: ((port: MessagePortMain) => void) | null = null;

  constructor(private readonly dataFolder: string) {
    this.#start();
  }

  /** Gives the page a port now, and a new one whenever the backend was started again. */
  connect(page: WebContents): void {
    if (!this.#pages.has(page)) {
      this.#pages.add(page);
      page.once('destroyed', () => this.#pages.delete(page));
    }
    if (this.#process) this.#handPort(this.#process, page);
  }

  /** Gives the main process itself a port now, and a new one whenever the backend was started again. */
  connectMain(onPort: (port: MessagePortMain) => void): void {
    this.#onPort = onPort;
    if (this.#process) onPort(this.#openPort(this.#process));
  }

  /** Ends the backend in an orderly way. @param goesOn another one follows at once, so that the VM goes on, too */
  async close({ goesOn }: { goesOn: boolean }): Promise<void> {
    this.#closing = true;
    const process = this.#process;
    if (!process) return;
    const ended = once(process, 'exit');
    process.postMessage({ type: 'close', goesOn });
    const limit = setTimeout(() => process.kill(), closingMs);
    await ended;
    clearTimeout(limit);
  }

  #start(): void {
    const program = fileURLToPath(new URL('../backend/process.js', import.meta.url));
    const started = utilityProcess.fork(program, [this.dataFolder], { serviceName: 'Gantry backend' });
    this.#process = started;
    this.#startedAt = Date.now();
    for (const page of this.#pages) this.#handPort(started, page);
    this.#onPort?.(this.#openPort(started));
    started.once('exit', (code) => {
      this.#process = null;
      if (!this.#closing) this.#crashed(code);
    });
  }

  #crashed(code: number): void {
    const report = writeCrashReport(this.dataFolder, {
      part: 'backend',
      why: `Its process ended with exit code ${code}`,
    });
    if (!this.#crashes.add()) {
      this.#startAgain();
      return;
    }
    void tellGaveUp('Gantry’s background process keeps crashing', report, () => {
      this.#crashes.forget();
      this.#startAgain();
    });
  }

  #startAgain(): void {
    if (Date.now() - this.#startedAt > wellMs) this.#pauseMs = firstPauseMs;
    setTimeout(() => {
      if (!this.#closing) this.#start();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }

  #openPort(process: UtilityProcess): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    process.postMessage({ type: 'port' }, [port1]);
    return port2;
  }

  #handPort(process: UtilityProcess, page: WebContents): void {
    page.postMessage('gantry:port', null, [this.#openPort(process)]);
  }
}
