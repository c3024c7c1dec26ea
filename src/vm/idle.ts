import type { Logger } from 'pino';
import type { VmSettings } from '#contract';
import { keepClock } from './clock';
import type { Guest } from './guest';
import { Balloon } from './memory';
import { pause } from './pause';

const minuteMs = 60_000;

/**
 * What happens to a running machine that nobody uses: after a short while it gives memory back, and after the user's
 * idle time without a running container it is suspended.
 */
export class Idle {
  readonly #over = new AbortController();
  readonly #clock: { check(): void };
  #settings: VmSettings;
  #balloon: Balloon | null = null;
  #timer: NodeJS.Timeout | undefined;
  #running = 0;

  constructor(
    private readonly guest: Guest,
    settings: VmSettings,
    private readonly tell: { log: Logger; suspend(why: string): void },
  ) {
    this.#settings = settings;
    this.#clock = keepClock(guest, this.#over.signal, tell.log);
    this.#setBalloon();
    void this.#follow();
  }

  /** Somebody uses the engine or a published port. */
  activity(): void {
    this.#clock.check();
    this.#balloon?.activity();
    this.#timer?.refresh();
  }

  apply(settings: VmSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    if (settings.returnMemory !== before.returnMemory) this.#setBalloon();
    this.#setTimer();
  }

  close(): void {
    this.#over.abort();
    clearTimeout(this.#timer);
  }

  #setBalloon(): void {
    if (!this.#settings.returnMemory) {
      this.#balloon?.activity();
      this.#balloon = null;
      return;
    }
    this.#balloon = new Balloon({
      qmp: this.guest.qmp,
      memoryBytes: this.guest.facts.memoryMiB * 1024 ** 2,
      guestUsedBytes: async () => {
        const facts = await this.guest.link.facts(this.#over.signal);
        return facts.memoryTotalBytes - facts.memoryAvailableBytes;
      },
      report: (error) => this.tell.log.info({ err: error }, 'Memory could not be given back'),
      signal: this.#over.signal,
    });
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const minutes = this.#settings.idleMinutes;
    if (minutes === null || this.#running > 0 || this.#over.signal.aborted) return;
    this.#timer = setTimeout(
      () => this.tell.suspend(`No container ran for ${minutes} minutes`),
      minutes * minuteMs,
    );
  }

  /** Counts running containers at each start and end of one. The engine may be away for a while: then again. */
  async #follow(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      try {
        await this.guest.linked(signal);
        const events = this.guest.engine.containerEvents(signal);
        await this.#count();
        for await (const _ of events) await this.#count();
      } catch (error) {
        if (signal.aborted) return;
        this.tell.log.info({ err: error }, 'The containers cannot be followed');
      }
      await pause(1000, signal);
    }
  }

  async #count(): Promise<void> {
    const before = this.#running;
    this.#running = (await this.guest.engine.running(this.#over.signal)).length;
    if (this.#running > 0) this.#balloon?.activity();
    if (before !== this.#running || !this.#timer) this.#setTimer();
  }
}
