/** What happens while nobody uses the machine. */
export interface IdleLimits {
  /** The machine is suspended after so long without a running container or a call; null never is. */
  suspendAfterMs: number | null;
  /** Memory that is not used is given back. */
  returnMemory: boolean;
}

/** Takes memory away from the guest while it is idle. */
interface MemoryReturn {
  /** Gives all of it back, and begins to wait for idleness again. */
  activity(): void;
  /** Gives all of it back for good. */
  close(): void;
}

/**
 * Notices that nobody uses a machine. While no container runs, it gives memory back after a short while, and after the
 * user's idle time it is suspended. Running containers keep it awake, and keep all of its memory.
 */
export class Idle {
  #limits: IdleLimits;
  #memory: MemoryReturn | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** Not known at first. */
  #running: number | null = null;
  #closed = false;

  constructor(
    limits: IdleLimits,
    private readonly act: { returnMemory(): MemoryReturn; suspend(): void },
  ) {
    this.#limits = limits;
  }

  /** Somebody uses the engine or a published port. */
  activity(): void {
    this.#memory?.activity();
    this.#timer?.refresh();
  }

  /** So many containers run now. */
  containers(running: number): void {
    if (running === this.#running) return;
    this.#running = running;
    this.#begin();
  }

  apply(limits: IdleLimits): void {
    this.#limits = limits;
    this.#begin();
  }

  close(): void {
    this.#closed = true;
    this.#begin();
  }

  /** Begins to wait anew, where there is anything to wait for. */
  #begin(): void {
    const idle = this.#running === 0 && !this.#closed;
    const { suspendAfterMs, returnMemory } = this.#limits;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (idle && suspendAfterMs !== null) this.#timer = setTimeout(() => this.act.suspend(), suspendAfterMs);
    if (idle && returnMemory) {
      this.#memory ??= this.act.returnMemory();
    } else {
      this.#memory?.close();
      this.#memory = null;
    }
  }
}
