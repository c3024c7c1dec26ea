import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { BootStep, VmDetails, VmSettings, VmUsage } from '#contract';
import { type Problem, ProblemError } from '#contract/problem';
import { boot } from './boot';
import { isCrash, nextCrash, tooManyCrashes } from './crashes';
import { trimDisk } from './data-disk';
import { readDetails, readUsage } from './details';
import { deleteDisk } from './disk/disk';
import { type MoveProgress, moveDisk } from './disk/move';
import { readEnding } from './ending';
import { configureEngine } from './engine-config';
import type { Guest } from './guest';
import { makeImage } from './image-build';
import type { Order } from './keeper-contract';
import { keepOrder, lastOrder } from './last-order';
import type { Link } from './link/link';
import { applyLive } from './live-settings';
import { pause } from './pause';
import type { Places } from './places';
import { Ports } from './ports/ports';
import { configDropped, diskFailed, notRunning, unknownFailure } from './problems';
import { findQemuProcess, type QemuProcess } from './qemu/process';
import { reattach } from './reattach';
import { resume } from './resume';
import type { Standstill } from './standstill';
import { atRest, restState, step } from './state';
import { States } from './states';
import { stopGuest } from './stop';
import { suspendGuest } from './suspend';
import { Turns } from './turns';
import { Upkeep } from './upkeep';
import { giveWelcome } from './welcome';

/** How long whoever starts a keeper waits for what it finds. */
const takeOverMs = 1000;

const problemOf = (error: unknown) => (error instanceof ProblemError ? error.problem : null);

/** The one VM of this home: what state it is in, and the orders that change it. */
export class Machine {
  readonly ports: Ports;
  readonly states: States;
  readonly #turns = new Turns();
  readonly #closed = new AbortController();
  #order: Order | null = null;
  #guest: Guest | null = null;
  #upkeep: Upkeep | null = null;
  /** Aborts the start that is under way. */
  #starting: AbortController | null = null;
  #restartTimer: NodeJS.Timeout | undefined;
  /** Set while the machine waits for this computer's disk. */
  #standing: Problem | null = null;

  constructor(
    private readonly places: Places,
    private readonly log: Logger,
    /** Whether a program waits for the engine, or runs in the guest. */
    private readonly inUse: () => boolean,
  ) {
    this.states = new States(this.#closed.signal);
    this.ports = new Ports({
      where: () => this.#order?.settings.portsOn ?? 'loopback',
      dial: (network, address) => {
        this.#upkeep?.activity();
        return this.#linkNow().open({ service: 'dial', network, address });
      },
    });
  }

  /** Finds the machine that an earlier keeper left running, or how it was left. */
  async open(): Promise<void> {
    this.#order = await lastOrder(this.places);
    await rm(`${this.places.stateFile}.new`, { force: true });
    const found = await findQemuProcess(this.places);
    if (!found) return this.#rest();
    this.states.set({ status: 'starting', reason: 'Gantry found it running' });
    // Mostly it takes a moment, and the first state that anybody sees is the final one.
    const taken = this.#turns.take(() => this.#takeOver(found));
    taken.catch(() => undefined);
    await Promise.race([taken.catch(() => undefined), pause(takeOverMs, this.#closed.signal)]);
  }

  async start(order: Order): Promise<void> {
    await this.#remember(order);
    clearTimeout(this.#restartTimer);
    await this.#turns.take(() => this.#ensureRunning('You started it', 'user'));
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restartTimer);
    this.#breakOff();
    await this.#turns.take(() => this.#stop('You stopped it'));
  }

  /** What is frozen exists but once while it is being woken: that goes on, so that its containers end as they like. */
  #breakOff(): void {
    if (this.states.now.status !== 'resuming') this.#starting?.abort();
  }

  async restart(order: Order): Promise<void> {
    await this.#remember(order);
    this.#breakOff();
    await this.#turns.take(async () => {
      await this.#stop('It is being started again');
      await this.#ensureRunning('You started it again', 'user');
    });
  }

  async suspend(reason: string): Promise<void> {
    await this.#turns.take(async () => {
      const guest = this.#guest;
      if (!guest && this.states.now.status === 'suspended') return;
      if (this.#standing) throw new ProblemError(this.#standing);
      if (!guest) throw new ProblemError(notRunning);
      this.states.set({ status: 'suspending', reason, step: null });
      this.#letGo();
      try {
        await suspendGuest(guest, this.places, this.#order?.image ?? '', this.#closed.signal);
        this.states.set({ status: 'suspended', reason, resources: null });
      } catch (error) {
        // It goes on as if nobody had asked.
        this.#running(guest, { reason: problemOf(error)?.title ?? null });
        throw error;
      }
    });
  }

  /** The app is closed. Containers whose folders keep the VM from being suspended are stopped, as a shutdown does. */
  release(): void {
    if (!this.#guest || this.#order?.settings.keepRunning !== false) return;
    const reason = 'Gantry was closed';
    this.suspend(reason)
      .catch(() => this.#turns.take(() => this.#stop(reason)))
      .catch((error: unknown) => this.log.error({ err: error }, 'It does not end with Gantry'));
  }

  /** Takes over what applies live. */
  async apply(settings: VmSettings): Promise<void> {
    if (!this.#order) return;
    const before = this.#order.settings;
    await this.#remember({ ...this.#order, settings });
    this.#upkeep?.apply(settings);
    await applyLive(settings, before, this.#guest, this.places, this.#closed.signal);
  }

  /** Gives the engine the configuration of these settings, and keeps them when it runs with it. */
  async configureEngine(settings: VmSettings): Promise<void> {
    await this.#turns.take(async () => {
      if (this.states.now.status === 'suspended')
        await this.#ensureRunning('Its engine is configured', 'user');
      const guest = this.#guest;
      if (guest) {
        await configureEngine(guest, settings.engineConfig, this.places);
        this.states.set({ status: 'running', problem: this.#standing });
      }
      if (this.#order) await this.#remember({ ...this.#order, settings });
    });
  }

  /** By itself it follows this computer's clock only when that jumps. */
  async setClock(): Promise<void> {
    const link = await this.#guestNow().linked(this.#closed.signal);
    await link.setClock(Date.now(), this.#closed.signal);
  }

  usage(): Promise<VmUsage> {
    return readUsage(this.places, this.#guest);
  }

  details(): Promise<VmDetails> {
    return readDetails(this.places, this.#order?.image ?? null, this.#guest, this.states.begun, this.ports);
  }

  async trimDisk(): Promise<{ freedBytes: number }> {
    return trimDisk(this.#guestNow(), this.places);
  }

  /** Moves the disk while the machine is stopped; starts it again if it ran. */
  async moveDisk(folder: string | null): Promise<void> {
    const ran = this.#guest !== null;
    await this.#turns.take(async () => {
      await this.#stop('Its disk is being moved');
      await moveDisk({
        recordPath: this.places.diskRecord,
        folder: folder ?? this.places.diskFolder,
        report: (progress) => this.#moving(progress),
        signal: this.#closed.signal,
      });
      if (ran) await this.#ensureRunning('Its disk was moved', 'user');
    });
  }

  #moving({ step, doneBytes, totalBytes }: MoveProgress): void {
    const percent = Math.floor((doneBytes * 100) / totalBytes);
    const reason = `Its disk is being ${step === 'copy' ? 'copied' : 'compared with the copy'}: ${percent} %`;
    if (reason !== this.states.now.reason) this.states.set({ status: 'stopped', reason });
  }

  /** Deletes the disk and the suspended state. Whoever orders this has asked the user, and exported what is wanted. */
  async reset(): Promise<void> {
    this.#starting?.abort();
    clearTimeout(this.#restartTimer);
    await this.#turns.take(async () => {
      if (this.states.now.status === 'suspended')
        this.states.set({ status: 'stopped', reason: 'It is being reset' });
      await this.#stop('It is being reset');
      await deleteDisk(this.places.diskRecord);
      await rm(this.places.welcomed, { force: true });
      this.states.set({ ...restState, status: 'stopped', reason: 'You reset it' });
    });
  }

  /**
   * A connection into the guest for a program that called: wakes the machine if it is suspended, waits while it
   * starts. @throws Error while it is stopped
   */
  async reach(signal: AbortSignal): Promise<Link> {
    this.#upkeep?.activity();
    if (!this.#guest) {
      if (this.states.now.status === 'stopped' || this.states.now.status === 'failed')
        throw new Error('It is stopped');
      await this.#turns.take(async () => {
        // The user may have stopped it while this call waited for its turn.
        if (this.states.now.status === 'stopped' || this.states.now.status === 'failed')
          throw new Error('It is stopped');
        await this.#ensureRunning('A program called', 'call');
      });
    }
    if (!this.#guest) throw new Error('It is stopped');
    return this.#guest.linked(signal);
  }

  /**
   * The same for a program that only watches: that is no use of the machine, and it waits until the machine runs.
   * @throws Error when it is stopped
   */
  async reachWhenRunning(signal: AbortSignal): Promise<Link> {
    for await (const { status } of this.states.watch(signal)) {
      if (this.#guest) return this.#guest.linked(signal);
      if (status === 'stopped' || status === 'failed') break;
    }
    throw new Error('It is stopped');
  }

  /** Somebody uses the engine. */
  activity(): void {
    this.#upkeep?.activity();
  }

  /** Lets go of the machine, which goes on without a keeper. */
  async close(): Promise<void> {
    clearTimeout(this.#restartTimer);
    this.#closed.abort();
    this.#letGo();
    this.#guest?.release();
    await this.#turns.settled();
    this.ports.close();
  }

  #guestNow(): Guest {
    if (!this.#guest) throw new ProblemError(notRunning);
    return this.#guest;
  }

  #linkNow(): Link {
    return this.#guestNow().link;
  }

  async #remember(order: Order): Promise<void> {
    this.#order = order;
    await keepOrder(this.places, order);
  }

  #rest(): void {
    // Before the first order nobody has said where the image is.
    this.states.set(
      this.#order ? atRest(this.places, this.#order.image) : { ...restState, since: Date.now() },
    );
  }

  /** The machine waits for this computer's disk, or goes on. */
  #stands(standstill: Standstill | null): void {
    this.#standing = standstill && diskFailed(standstill.full, standstill.said);
    this.log.warn({ standstill }, standstill ? 'The machine stands still' : 'The machine goes on');
    const { status } = this.states.now;
    this.states.set({
      status,
      reason: this.#standing?.title ?? 'It goes on: its disk can be written again',
      problem: this.#standing,
    });
  }

  /** Goes on with the machine that an earlier keeper left. */
  async #takeOver(found: QemuProcess): Promise<void> {
    const starting = new AbortController();
    this.#starting = starting;
    const signal = AbortSignal.any([starting.signal, this.#closed.signal]);
    const { places, ports, log } = this;
    const report = (name: BootStep) => this.#report(name);
    const stands = (standstill: Standstill | null) => this.#stands(standstill);
    try {
      const guest = await reattach({ process: found, places, ports, log, signal, report, stands });
      if (guest) this.#running(guest, { reason: 'Gantry found it running' });
      else this.#rest();
    } catch (error) {
      if (signal.aborted)
        this.states.set({ status: 'stopped', reason: 'Its start was broken off', step: null });
      else this.#failed(error);
    } finally {
      this.#starting = null;
    }
  }

  #report(name: BootStep): void {
    this.states.set({ status: this.states.now.status, step: step(name) });
  }

  /** @param by whose wish it is: a user's begins the count of crashes anew */
  async #ensureRunning(reason: string, by: 'user' | 'call' | 'crash'): Promise<void> {
    if (this.#guest || this.#closed.signal.aborted) return;
    const order = this.#order;
    if (!order) throw new ProblemError(notRunning);
    if (by === 'user') this.states.amend({ crashes: { count: 0, last: null } });
    const starting = new AbortController();
    this.#starting = starting;
    const signal = AbortSignal.any([starting.signal, this.#closed.signal]);
    const stands = (standstill: Standstill | null) => this.#stands(standstill);
    const common = { order, places: this.places, ports: this.ports, signal, log: this.log, stands };
    const report = (name: BootStep) => this.#report(name);
    try {
      await makeImage(order.image, signal, (line) =>
        this.states.set({ status: 'building', reason: line, step: null }),
      );
      this.states.set({ status: 'resuming', reason, step: null });
      const resumed = await resume(common);
      if ('guest' in resumed) return this.#running(resumed.guest, { reason: resumed.lacks ?? reason });
      this.states.set({ status: 'starting', reason: resumed.cold ?? reason, step: step('image') });
      const guest = await boot({ ...common, report });
      await giveWelcome(guest, order, this.places, this.log);
      this.#running(guest, { reason: resumed.cold ?? reason });
    } catch (error) {
      const ended = problemOf(error);
      if (signal.aborted)
        this.states.set({ status: 'stopped', reason: 'Its start was broken off', step: null });
      else if (by === 'crash' && ended && isCrash(ended)) this.#crashed(ended.explanation);
      else this.#failed(error);
      throw error;
    } finally {
      this.#starting = null;
    }
  }

  #failed(error: unknown): void {
    this.log.error({ err: error }, 'The start failed');
    const problem = problemOf(error) ?? unknownFailure(error);
    this.states.set({ status: 'failed', step: this.states.now.step, reason: problem.title, problem });
  }

  #running(guest: Guest, { reason }: { reason: string | null }): void {
    this.#guest = guest;
    const { accelerator, startedInMs, cpus, memoryMiB, swapMiB, configDropped: said } = guest.facts;
    const { processors = cpus } = guest.facts;
    this.states.set({
      status: 'running',
      reason,
      step: null,
      problem: this.#standing ?? (said === null ? null : configDropped(said)),
      accelerator,
      startedInMs,
      resources: { cpus, processors, memoryMiB, swapMiB },
    });
    if (this.#order) {
      this.#upkeep = new Upkeep(guest, this.#order.settings, {
        log: this.log,
        suspend: (why) => this.#suspendIdle(why),
      });
    }
    void guest.exited.then((how) => this.#ended(guest, how));
  }

  /** A call that is silent for long, such as a large pull or an open shell, is a use all the same. */
  #suspendIdle(why: string): void {
    if (this.inUse()) this.#upkeep?.activity();
    else this.suspend(why).catch((error: unknown) => this.log.info({ err: error }, why));
  }

  /** The guest is no longer this machine's business: what happens to it is no crash. */
  #letGo(): void {
    this.#upkeep?.close();
    this.#upkeep = null;
    this.#standing = null;
    if (!this.#closed.signal.aborted) this.#guest = null;
  }

  async #ended(guest: Guest, how: string): Promise<void> {
    const { why, byItself, said } = await readEnding(this.places, how);
    if (this.#guest !== guest) return;
    if (!byItself) {
      this.log.error({ said }, 'What the machine said last');
      return this.#crashed(why);
    }
    guest.release();
    this.#letGo();
    this.states.set({ status: 'stopped', reason: why, step: null, resources: null, startedInMs: null });
  }

  #crashed(why: string): void {
    const { count, pauseMs } = nextCrash(this.states.now, Date.now());
    this.log.error({ why, count }, 'The machine ended unexpectedly');
    this.#guest?.release();
    this.#letGo();
    this.states.amend({ crashes: { count, last: why } });
    if (pauseMs === null) {
      this.states.set({
        status: 'failed',
        reason: why,
        resources: null,
        problem: tooManyCrashes(count, why),
      });
      return;
    }
    this.states.set({
      status: 'starting',
      reason: `It ended unexpectedly (${why}) and is started again`,
      resources: null,
    });
    this.#restartTimer = setTimeout(() => {
      this.#turns
        .take(() => this.#ensureRunning(`It had ended unexpectedly (${why})`, 'crash'))
        .catch(() => undefined);
    }, pauseMs);
  }

  async #stop(reason: string): Promise<void> {
    // What is frozen has not been written to its disk: it is woken first, so that its containers end as they like.
    if (this.states.now.status === 'suspended') {
      await this.#ensureRunning('It is woken to be stopped', 'call').catch(() => undefined);
    }
    const guest = this.#guest;
    if (guest) {
      this.states.set({ status: 'stopping', reason, step: null });
      this.#letGo();
      await stopGuest(guest, this.log);
    }
    clearTimeout(this.#restartTimer);
    await rm(this.places.stateFile, { force: true });
    this.states.set({ status: 'stopped', reason, step: null, resources: null, startedInMs: null });
  }
}
