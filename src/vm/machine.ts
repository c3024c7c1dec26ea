import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { EventPublisher } from '@orpc/server';
import type { Logger } from 'pino';
import type { BootStep, VmDetails, VmSettings, VmState, VmUsage } from '#contract';
import { type Problem, ProblemError } from '#contract/problem';
import { boot } from './boot';
import { isCrash, nextCrash, tooManyCrashes } from './crashes';
import { readDetails, readUsage } from './details';
import { deleteDisk, growDisk, openDisk } from './disk/disk';
import { moveDisk } from './disk/move';
import { readEnding } from './ending';
import type { Guest } from './guest';
import { setHostAccess } from './host-access';
import { preparedImage, readManifest } from './image';
import { buildImage, canBuildImage } from './image-build';
import type { Order } from './keeper-contract';
import { keepOrder, lastOrder } from './last-order';
import type { Link } from './link/link';
import { pause } from './pause';
import type { Places } from './places';
import { Ports } from './ports/ports';
import { diskFailed, notRunning } from './problems';
import { findQemuProcess, type QemuProcess } from './qemu/process';
import { reattach } from './reattach';
import { resume } from './resume';
import type { Standstill } from './standstill';
import { atRest, restState, step } from './state';
import { stopGuest } from './stop';
import { suspendGuest } from './suspend';
import { Turns } from './turns';
import { Upkeep } from './upkeep';

/** How long whoever starts a keeper waits for what it finds. */
const takeOverMs = 1000;

const problemOf = (error: unknown) => (error instanceof ProblemError ? error.problem : null);

/** The one VM of this home: what state it is in, and the orders that change it. */
export class Machine {
  readonly ports: Ports;
  readonly #changes = new EventPublisher<{ state: VmState }>({ maxBufferedEvents: 1 });
  readonly #turns = new Turns();
  readonly #closed = new AbortController();
  #state: VmState = restState;
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
  ) {
    this.ports = new Ports({
      where: () => this.#order?.settings.portsOn ?? 'loopback',
      dial: (network, address) => {
        this.#upkeep?.activity();
        return this.#linkNow().open({ service: 'dial', network, address });
      },
    });
  }

  get state(): VmState {
    return this.#state;
  }

  /** Finds the machine that an earlier keeper left running, or how it was left. */
  async open(): Promise<void> {
    this.#order = await lastOrder(this.places);
    await rm(`${this.places.stateFile}.new`, { force: true });
    const found = await findQemuProcess(this.places);
    if (!found) return this.#rest();
    this.#set({ status: 'starting', reason: 'Gantry found it running' });
    // Mostly it takes a moment, and the first state that anybody sees is the final one.
    const taken = this.#turns.take(() => this.#takeOver(found));
    taken.catch(() => undefined);
    await Promise.race([taken.catch(() => undefined), pause(takeOverMs, this.#closed.signal)]);
  }

  /** The present state first, then each change. */
  async *watch(signal?: AbortSignal): AsyncGenerator<VmState, undefined> {
    const ended = signal ? AbortSignal.any([signal, this.#closed.signal]) : this.#closed.signal;
    const changes = this.#changes.subscribe('state', { signal: ended });
    yield this.#state;
    try {
      for await (const state of changes) yield state;
    } catch (error) {
      if (!ended.aborted) throw error;
    }
    return undefined;
  }

  /** Calls `listener` with each change of the state. */
  onChange(listener: (state: VmState) => void): void {
    this.#changes.subscribe('state', listener);
  }

  async start(order: Order): Promise<void> {
    await this.#remember(order);
    clearTimeout(this.#restartTimer);
    await this.#turns.take(() => this.#ensureRunning('You started it', 'user'));
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restartTimer);
    // What is frozen exists but once while it is being woken: its containers then end as they like.
    if (this.#state.status !== 'resuming') this.#starting?.abort();
    await this.#turns.take(() => this.#stop('You stopped it'));
  }

  async restart(order: Order): Promise<void> {
    await this.#remember(order);
    this.#starting?.abort();
    await this.#turns.take(async () => {
      await this.#stop('It is being started again');
      await this.#ensureRunning('You started it again', 'user');
    });
  }

  async suspend(reason: string): Promise<void> {
    await this.#turns.take(async () => {
      const guest = this.#guest;
      if (!guest && this.#state.status === 'suspended') return;
      if (this.#standing) throw new ProblemError(this.#standing);
      if (!guest) throw new ProblemError(notRunning);
      this.#set({ status: 'suspending', reason, step: null });
      this.#letGo();
      try {
        await suspendGuest(guest, this.places, this.#order?.image ?? '', this.#closed.signal);
        this.#set({ status: 'suspended', reason, resources: null });
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
    const guest = this.#guest;
    if (settings.diskGiB > before.diskGiB) {
      const disk = await openDisk(this.places.diskRecord);
      if (disk) await growDisk(disk, settings.diskGiB, guest?.qmp ?? null, this.#closed.signal);
      if (guest) await guest.link.grow(guest.signal);
    }
    if (guest && settings.hostAccess !== before.hostAccess) await setHostAccess(guest, settings.hostAccess);
  }

  usage(): Promise<VmUsage> {
    return readUsage(this.places, this.#guest);
  }

  details(): Promise<VmDetails> {
    return readDetails(this.places, this.#order?.image ?? null, this.#guest, this.ports);
  }

  async trimDisk(): Promise<{ freedBytes: number }> {
    const guest = this.#guestNow();
    const before = (await readUsage(this.places, guest)).disk?.hostBytes ?? 0;
    await guest.link.trim(guest.signal);
    const after = (await readUsage(this.places, guest)).disk?.hostBytes ?? 0;
    return { freedBytes: Math.max(0, before - after) };
  }

  /** Moves the disk while the machine is stopped; starts it again if it ran. */
  async moveDisk(folder: string | null): Promise<void> {
    const ran = this.#guest !== null;
    await this.#turns.take(async () => {
      await this.#stop('Its disk is being moved');
      await moveDisk({
        recordPath: this.places.diskRecord,
        folder: folder ?? this.places.diskFolder,
        // The state says that it is being moved; how far is worth a task of its own.
        report: () => undefined,
        signal: this.#closed.signal,
      });
      if (ran) await this.#ensureRunning('Its disk was moved', 'user');
    });
  }

  /** Deletes the disk and the suspended state. Whoever orders this has asked the user, and exported what is wanted. */
  async reset(): Promise<void> {
    this.#starting?.abort();
    clearTimeout(this.#restartTimer);
    await this.#turns.take(async () => {
      if (this.#state.status === 'suspended') this.#set({ status: 'stopped', reason: 'It is being reset' });
      await this.#stop('It is being reset');
      if (await openDisk(this.places.diskRecord)) await deleteDisk(this.places.diskRecord);
      await rm(this.places.welcomed, { force: true });
      this.#set({ ...restState, status: 'stopped', reason: 'You reset it' });
    });
  }

  /**
   * A connection into the guest for a program that called: wakes the machine if it is suspended, waits while it
   * starts. @throws Error while it is stopped
   */
  async reach(signal: AbortSignal): Promise<Link> {
    this.#upkeep?.activity();
    if (!this.#guest) {
      if (this.#state.status === 'stopped' || this.#state.status === 'failed')
        throw new Error('It is stopped');
      await this.#turns.take(async () => {
        // The user may have stopped it while this call waited for its turn.
        if (this.#state.status === 'stopped' || this.#state.status === 'failed')
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
    for await (const { status } of this.watch(signal)) {
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

  #set(change: Partial<VmState> & Pick<VmState, 'status'>): void {
    const since = change.status === this.#state.status ? this.#state.since : Date.now();
    this.#state = { ...this.#state, problem: null, ...change, since };
    this.#changes.publish('state', this.#state);
  }

  #rest(): void {
    // Before the first order nobody has said where the image is.
    this.#set(this.#order ? atRest(this.places, this.#order.image) : { ...restState, since: Date.now() });
  }

  /** The machine waits for this computer's disk, or goes on. */
  #stands(standstill: Standstill | null): void {
    this.#standing = standstill && diskFailed(standstill.full, standstill.said);
    this.log.warn({ standstill }, standstill ? 'The machine stands still' : 'The machine goes on');
    const { status } = this.#state;
    this.#set({
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
      if (signal.aborted) this.#set({ status: 'stopped', reason: 'Its start was broken off', step: null });
      else this.#failed(error);
    } finally {
      this.#starting = null;
    }
  }

  #report(name: BootStep): void {
    this.#set({ status: this.#state.status, step: step(name) });
  }

  /** @param by whose wish it is: a user's begins the count of crashes anew */
  async #ensureRunning(reason: string, by: 'user' | 'call' | 'crash'): Promise<void> {
    if (this.#guest || this.#closed.signal.aborted) return;
    const order = this.#order;
    if (!order) throw new ProblemError(notRunning);
    if (by === 'user') this.#state = { ...this.#state, crashes: { count: 0, last: null } };
    const starting = new AbortController();
    this.#starting = starting;
    const signal = AbortSignal.any([starting.signal, this.#closed.signal]);
    const stands = (standstill: Standstill | null) => this.#stands(standstill);
    const common = { order, places: this.places, ports: this.ports, signal, log: this.log, stands };
    const report = (name: BootStep) => this.#report(name);
    try {
      await this.#makeImage(order.image, signal);
      this.#set({ status: 'resuming', reason, step: null });
      const resumed = await resume(common);
      if ('guest' in resumed) return this.#running(resumed.guest, { reason });
      this.#set({ status: 'starting', reason: resumed.cold ?? reason, step: step('image') });
      const guest = await boot({ ...common, report });
      await this.#welcome(guest);
      this.#running(guest, { reason: resumed.cold ?? reason });
    } catch (error) {
      const ended = problemOf(error);
      if (signal.aborted) this.#set({ status: 'stopped', reason: 'Its start was broken off', step: null });
      else if (by === 'crash' && ended && isCrash(ended)) this.#crashed(ended.explanation);
      else this.#failed(error);
      throw error;
    } finally {
      this.#starting = null;
    }
  }

  /** In a copy of the source there is no image at first, and everything to make it. */
  async #makeImage(folder: string, signal: AbortSignal): Promise<void> {
    if ((await readManifest(folder)) || !canBuildImage(folder)) return;
    await buildImage(folder, signal, (line) => this.#set({ status: 'building', reason: line, step: null }));
  }

  #failed(error: unknown): void {
    this.log.error({ err: error }, 'The start failed');
    const problem = problemOf(error) ?? {
      code: 'unknown',
      title: 'The virtual machine could not be started',
      explanation: 'The reason is not one that Gantry knows. Its own words are below.',
      actions: [{ kind: 'call' as const, label: 'Start again', procedure: 'vm.start' }],
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
    this.#set({ status: 'failed', step: this.#state.step, reason: problem.title, problem });
  }

  #running(guest: Guest, { reason }: { reason: string | null }): void {
    this.#guest = guest;
    const { accelerator, startedInMs, cpus, memoryMiB } = guest.facts;
    this.#set({
      status: 'running',
      reason,
      step: null,
      problem: this.#standing,
      accelerator,
      startedInMs,
      resources: { cpus, memoryMiB },
    });
    if (this.#order) {
      this.#upkeep = new Upkeep(guest, this.#order.settings, {
        log: this.log,
        suspend: (why) =>
          void this.suspend(why).catch((error: unknown) => this.log.info({ err: error }, why)),
      });
    }
    void guest.exited.then((how) => this.#ended(guest, how));
  }

  /** Gives a new engine the image that needs no network. A pull of it must not fail a start, so this one does not. */
  async #welcome(guest: Guest): Promise<void> {
    const order = this.#order;
    if (!order || existsSync(this.places.welcomed)) return;
    try {
      const { welcome } = await preparedImage(order.image, guest.facts.imageId, this.places);
      await guest.engine.load(welcome, guest.signal);
      await writeFile(this.places.welcomed, '');
    } catch (error) {
      this.log.warn({ err: error }, 'The welcome image could not be given to the engine');
    }
  }

  /** The guest is no longer this machine's business: what happens to it is no crash. */
  #letGo(): void {
    this.#upkeep?.close();
    this.#upkeep = null;
    this.#standing = null;
    if (!this.#closed.signal.aborted) this.#guest = null;
  }

  async #ended(guest: Guest, how: string): Promise<void> {
    const { why, byItself } = await readEnding(this.places, how);
    if (this.#guest !== guest) return;
    if (!byItself) return this.#crashed(why);
    guest.release();
    this.#letGo();
    this.#set({ status: 'stopped', reason: why, step: null, resources: null, startedInMs: null });
  }

  #crashed(why: string): void {
    const { count, pauseMs } = nextCrash(this.#state, Date.now());
    this.log.error({ why, count }, 'The machine ended unexpectedly');
    this.#guest?.release();
    this.#letGo();
    this.#state = { ...this.#state, crashes: { count, last: why } };
    if (pauseMs === null) {
      this.#set({ status: 'failed', reason: why, resources: null, problem: tooManyCrashes(count, why) });
      return;
    }
    this.#set({
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
    if (this.#state.status === 'suspended') {
      await this.#ensureRunning('It is woken to be stopped', 'call').catch(() => undefined);
    }
    const guest = this.#guest;
    if (guest) {
      this.#set({ status: 'stopping', reason, step: null });
      this.#letGo();
      await stopGuest(guest, this.log);
    }
    clearTimeout(this.#restartTimer);
    await rm(this.places.stateFile, { force: true });
    this.#set({ status: 'stopped', reason, step: null, resources: null, startedInMs: null });
  }
}
