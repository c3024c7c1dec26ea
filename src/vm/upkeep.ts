import type { Logger } from 'pino';
import type { VmSettings } from '#contract';
import { keepClock } from './clock';
import type { Guest } from './guest';
import { Idle, type IdleLimits } from './idle';
import { Balloon, guestUsedBytes } from './memory';
import { followContainers } from './running-containers';
import { FileRelay } from './shares/file-relay';

const minuteMs = 60_000;

const limitsOf = ({ idleMinutes, returnMemory }: VmSettings): IdleLimits => ({
  suspendAfterMs: idleMinutes === null ? null : idleMinutes * minuteMs,
  returnMemory,
});

const idleReason = (minutes: number | null) =>
  `Idle for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`;

/** Everything that goes on beside a running machine: its clock, its idleness, its shared folders' events. */
export class Upkeep {
  readonly #over = new AbortController();
  readonly #clock: { check(): void };
  readonly #idle: Idle;
  #settings: VmSettings;

  constructor(guest: Guest, settings: VmSettings, tell: { log: Logger; suspend(why: string): void }) {
    const { signal } = this.#over;
    const { log } = tell;
    this.#settings = settings;
    this.#clock = keepClock(guest, signal, log);
    this.#idle = new Idle(limitsOf(settings), {
      suspend: () => tell.suspend(idleReason(this.#settings.idleMinutes)),
      returnMemory: () => balloonOf(guest, signal, log),
    });
    const relay = new FileRelay(guest, signal, log);
    void followContainers(guest, {
      log,
      signal,
      changed: (running) => {
        this.#idle.containers(running.length);
        relay.watch(running.flatMap(({ binds }) => binds));
      },
    });
  }

  /** Somebody uses the engine or a published port. */
  activity(): void {
    this.#clock.check();
    this.#idle.activity();
  }

  apply(settings: VmSettings): void {
    this.#settings = settings;
    this.#idle.apply(limitsOf(settings));
  }

  close(): void {
    this.#idle.close();
    this.#over.abort();
  }
}

function balloonOf(guest: Guest, signal: AbortSignal, log: Logger): Balloon {
  return new Balloon({
    qmp: guest.qmp,
    memoryBytes: guest.facts.memoryMiB * 1024 ** 2,
    guestUsedBytes: async () => guestUsedBytes(guest, await guest.link.facts(signal), signal),
    report: (error) => log.info({ err: error }, 'Memory could not be given back'),
    signal,
  });
}
