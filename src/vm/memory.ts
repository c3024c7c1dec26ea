import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Guest } from './guest';
import type { GuestFacts } from './link/link';
import { guestMemory } from './qemu/guest-memory';
import { nothing, type Qmp } from './qemu/qmp';

const run = promisify(execFile);

/**
 * What QEMU holds of this computer's memory. macOS and Windows: its resident set. Rejects when it has ended.
 * @param pid QEMU's
 */
export async function hostHeldBytes(pid: number): Promise<number> {
  if (process.platform === 'linux') return heldOnLinux(pid);
  if (process.platform === 'win32') {
    const command = `(Get-Process -Id ${pid}).WorkingSet64`;
    const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command]);
    return numberIn(stdout.trim());
  }
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return numberIn(stdout.trim()) * 1024;
}

/**
 * Linux: its proportional share of everything but shared memory, and all that the guest's memory takes, whoever has
 * touched it: virtiofsd shares it, and after a resume there are pages that QEMU has not touched yet.
 */
async function heldOnLinux(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kib = (field: string) =>
    numberIn(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1]) * 1024;
  const memory = await guestMemory(pid);
  if (memory === null) return kib('Pss');
  return kib('Pss') - kib('Pss_Shmem') + (await stat(memory)).blocks * 512;
}

function numberIn(text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text))
    throw new Error('The system did not say what the process holds');
  return Number(text);
}

const balloonSize = z.object({ actual: z.number() });

/**
 * What programs in the guest use. The guest counts what is in its balloon as used, as it may take that back by itself
 * (`deflate-on-oom`); here it is not.
 * @param said what the guest told just now
 */
export async function guestUsedBytes(
  { qmp, facts }: Pick<Guest, 'qmp' | 'facts'>,
  said: GuestFacts,
  signal: AbortSignal,
): Promise<number> {
  const { actual } = await qmp.execute('query-balloon', {}, balloonSize, signal);
  const inBalloon = facts.memoryMiB * mib - actual;
  return Math.max(0, said.memoryTotalBytes - said.memoryAvailableBytes - inBalloon);
}

const mib = 1024 ** 2;

/** Left to the guest beyond what it uses, for its page cache and for what starts before the balloon is empty. */
const reserveBytes = 256 * mib;

/** Shorter pauses between calls are no idleness. */
const idleAfterMs = 30_000;

/**
 * Gives memory that the guest does not use back to this computer while nothing happens: a balloon in the guest takes
 * it and QEMU hands it back. Activity empties the balloon at once. Under pressure the guest takes pages from the
 * balloon by itself (`deflate-on-oom`), without asking.
 */
export class Balloon {
  readonly #qmp: Qmp;
  readonly #memoryBytes: number;
  readonly #guestUsedBytes: () => Promise<number>;
  readonly #report: (error: unknown) => void;
  readonly #signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  /** Null until the first order: an earlier keeper, or the time before a suspend, may have left a full balloon. */
  #wanted: number | null = null;
  #activities = 0;
  #closed = false;

  /**
   * @param machine `memoryBytes` is the guest's upper limit, `guestUsedBytes` asks it for what its programs use,
   *   `report` hears of orders that failed. It ends with the signal.
   */
  constructor(machine: {
    qmp: Qmp;
    memoryBytes: number;
    guestUsedBytes(): Promise<number>;
    report(error: unknown): void;
    signal: AbortSignal;
    idleMs?: number;
  }) {
    this.#qmp = machine.qmp;
    this.#memoryBytes = machine.memoryBytes;
    this.#guestUsedBytes = machine.guestUsedBytes;
    this.#report = machine.report;
    this.#signal = machine.signal;
    this.#timer = setTimeout(() => void this.#inflate(), machine.idleMs ?? idleAfterMs);
    machine.signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
    if (machine.signal.aborted) clearTimeout(this.#timer);
  }

  /** Someone uses the guest: it gets all of its memory at once, and the wait for idleness begins again. */
  activity(): void {
    if (this.#signal.aborted || this.#closed) return;
    this.#activities += 1;
    this.#timer.refresh();
    if (this.#wanted !== this.#memoryBytes) void this.#order(this.#memoryBytes);
  }

  /** Gives all back, and takes nothing any more. */
  close(): void {
    this.activity();
    clearTimeout(this.#timer);
    this.#closed = true;
  }

  async #inflate(): Promise<void> {
    const activities = this.#activities;
    try {
      const used = await this.#guestUsedBytes();
      // Someone came while the guest was asked.
      if (this.#closed || activities !== this.#activities) return;
      await this.#order(Math.min(this.#memoryBytes, Math.ceil((used + reserveBytes) / mib) * mib));
    } catch (error) {
      this.#report(error);
    }
  }

  /** @param bytes what the guest shall have */
  async #order(bytes: number): Promise<void> {
    if (this.#signal.aborted) return;
    this.#wanted = bytes;
    try {
      await this.#qmp.execute('balloon', { value: bytes }, nothing, this.#signal);
    } catch (error) {
      if (!this.#signal.aborted) this.#report(error);
    }
  }
}
