import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ORPCError } from '@orpc/client';
import type { VmDetails, VmHost, VmSettings, VmState, VmUsage } from '#contract';
import { ProblemError, problem } from '#contract/problem';
import { hostResources } from './host';
import { noImage, readManifest } from './image';
import { canBuildImage } from './image-build';
import type { KeeperClient } from './keeper-link';
import { ensureKeeper, type KeeperLink, reachKeeper } from './keeper-link';
import type { GuestProgram } from './link/run';
import { pause } from './pause';
import { dockerHost, openPlaces, type Places, places } from './places';
import { qemuMissing } from './problems';
import { installCommand } from './qemu/install';
import { findQemu } from './qemu/programs';
import { runInGuest } from './shell';
import type { ShellRequest } from './shell-door';
import { atRest } from './state';
import { States } from './states';
import { watchFirst } from './watch-first';

/** A keeper that cannot be reached although a VM runs is tried again after this time, then twice that, … */
const shortestPauseMs = 250;
const longestPauseMs = 10_000;

export interface VmOptions {
  /** Gantry's data folder. */
  home: string;
  /** Folder of the guest image for this computer's processor. */
  image: string;
  /** The bundled keeper. */
  keeperProgram: string;
  arch: 'amd64' | 'arm64';
  settings(): VmSettings;
}

/** A home that takes no files has places, too: the first order says what is wrong. */
function placesIn(home: string): Places {
  const all = places(home);
  try {
    return openPlaces(all);
  } catch {
    return all;
  }
}

/**
 * Gantry's VM as the backend and the command line see it. The keeper, a process of its own, does the work: it is
 * started with the first order (or when a VM without one is found) and stays while the VM does.
 */
export class Vm {
  readonly host: string;
  /** Resolves when `state` is true: before, it only tells what the files tell. */
  readonly known: Promise<void>;
  readonly #places: Places;
  readonly #closed = new AbortController();
  readonly #states = new States(this.#closed.signal);
  readonly #following: Promise<void>;
  #knows: () => void = () => undefined;
  #link: Promise<KeeperLink | null> = Promise.resolve(null);

  constructor(private readonly options: VmOptions) {
    this.#places = placesIn(options.home);
    this.host = dockerHost(this.#places);
    this.#states.replace(atRest(this.#places, options.image));
    this.known = new Promise((resolve) => {
      this.#knows = resolve;
    });
    this.#following = this.#follow();
  }

  get state(): VmState {
    return this.#states.now;
  }

  /** The present state first, then each change. */
  watch(signal: AbortSignal): AsyncGenerator<VmState, undefined> {
    return this.#states.watch(signal);
  }

  async start(): Promise<void> {
    await this.#ask((keeper) => keeper.start(this.#order()));
  }

  async stop(): Promise<void> {
    await this.#ask((keeper) => keeper.stop());
  }

  async restart(): Promise<void> {
    await this.#ask((keeper) => keeper.restart(this.#order()));
  }

  async suspend(): Promise<void> {
    await this.#ask((keeper) => keeper.suspend());
  }

  /** Takes over what applies live. Does nothing while there is no keeper: the next start brings the settings along. */
  async apply(): Promise<void> {
    if (await this.#link) await this.#ask((keeper) => keeper.apply(this.options.settings()));
  }

  /** Gives the engine of a VM that is not off a daemon.json. @throws ProblemError when the one before was put back */
  async configureEngine(engineConfig: string): Promise<void> {
    if (await this.#link)
      await this.#ask((keeper) => keeper.configureEngine({ ...this.options.settings(), engineConfig }));
  }

  /** The app is closed; the command line leaves without a word. */
  async release(): Promise<void> {
    if (await this.#link) await this.#ask((keeper) => keeper.release());
  }

  /** Sets the guest's clock to this computer's. @throws ProblemError `vm-not-running` */
  async setClock(): Promise<void> {
    await this.#ask((keeper) => keeper.setClock());
  }

  async usage(): Promise<VmUsage> {
    return this.#ask((keeper) => keeper.usage());
  }

  async details(): Promise<VmDetails> {
    return this.#ask((keeper) => keeper.details());
  }

  async trimDisk(): Promise<{ freedBytes: number }> {
    return this.#ask((keeper) => keeper.trimDisk());
  }

  async moveDisk(folder: string | null): Promise<void> {
    await this.#ask((keeper) => keeper.moveDisk({ folder }));
  }

  async reset(): Promise<void> {
    await this.#ask((keeper) => keeper.reset());
  }

  /** What this computer has to give, and whether a VM can run on it. */
  async computer(): Promise<VmHost> {
    const resources = await hostResources(this.#places.vm);
    const manifest = await readManifest(this.options.image).catch(() => null);
    const qemu = await findQemu(this.options.arch);
    const missing = qemu ? null : qemuMissing(await installCommand(this.options.arch));
    return {
      ...resources,
      problem:
        missing ?? (manifest || canBuildImage(this.options.image) ? null : noImage(this.options.image)),
    };
  }

  /** Runs a program in the guest, as root. */
  run(request: ShellRequest, signal: AbortSignal): Promise<GuestProgram> {
    return runInGuest(this.#places, request, signal);
  }

  /** Leaves the VM and its keeper as they are. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#knows();
    // The watch says goodbye over the connection, so that ends last.
    await this.#following;
    (await this.#link)?.close();
  }

  #order() {
    return { settings: this.options.settings(), image: this.options.image };
  }

  /** An order to the keeper, which is started if there is none. @throws ProblemError */
  async #ask<T>(order: (keeper: KeeperClient) => Promise<T>): Promise<T> {
    const keeper = await this.#keeper();
    try {
      return await order(keeper);
    } catch (error) {
      const said = error instanceof ORPCError ? problem.safeParse(error.data) : undefined;
      throw said?.success ? new ProblemError(said.data) : error;
    }
  }

  async #keeper(): Promise<KeeperClient> {
    let said: string | undefined;
    const link =
      (await this.#link) ??
      (await this.#connect(true).catch((error: unknown) => {
        said = error instanceof Error ? error.message : String(error);
        return null;
      }));
    if (link) return link.client;
    throw new ProblemError({
      code: 'vm-no-keeper',
      title: 'The virtual machine cannot be reached',
      explanation:
        "The program that looks after it did not start. Its log is in Gantry's folder, in vm/keeper.log.",
      actions: [{ kind: 'retry', label: 'Try again' }],
      ...(said === undefined ? {} : { detail: said }),
    });
  }

  /** One attempt at a time; an open connection is kept. */
  #connect(start: boolean): Promise<KeeperLink | null> {
    const attempt = this.#link.then(async (link) => {
      if (link) return link;
      if (!start) return reachKeeper(this.#places.keeperSocket);
      const { keeperProgram: program, home } = this.options;
      return ensureKeeper(this.#places.keeperSocket, { program, home, signal: this.#closed.signal });
    });
    this.#link = attempt
      .catch(() => null)
      .then((link) => {
        if (link) void link.closed.then(() => this.#lost());
        return link;
      });
    return attempt.then(() => this.#link);
  }

  #lost(): void {
    this.#link = Promise.resolve(null);
  }

  #set(state: VmState): void {
    this.#states.replace(state);
    this.#knows();
  }

  /** Keeps `state` true: by the keeper's word while there is one, else by the files. */
  async #follow(): Promise<void> {
    const { signal } = this.#closed;
    let pauseMs = shortestPauseMs;
    while (!signal.aborted) {
      // A suspended one needs a keeper, too: it wakes with the first call on the engine's socket.
      const left = [this.#places.qemuPid, this.#places.stateFile].some((path) => existsSync(path));
      const changed = this.#runFolderChange();
      const link = await this.#connect(left).catch(() => null);
      if (signal.aborted) link?.close();
      if (link) {
        changed.cancel();
        pauseMs = shortestPauseMs;
        await this.#read(link);
        continue;
      }
      this.#set(atRest(this.#places, this.options.image));
      await Promise.race([changed.seen, ...(left ? [pause(pauseMs, signal)] : [])]);
      changed.cancel();
      pauseMs = left ? Math.min(pauseMs * 2, longestPauseMs) : shortestPauseMs;
    }
  }

  async #read(link: KeeperLink): Promise<void> {
    try {
      for await (const state of await link.client.watch(undefined, { signal: this.#closed.signal }))
        this.#set(state);
    } catch {
      // The keeper ended, or this did: the loop goes on with what is there then.
    }
    await Promise.race([link.closed, pause(longestPauseMs, this.#closed.signal)]);
  }

  /** Resolves with the next change in the folder where a keeper shows itself, or when this is closed. */
  #runFolderChange(): { seen: Promise<void>; cancel(): void } {
    let cancel = () => {};
    const seen = new Promise<void>((resolve) => {
      // A home that took no files when this began gets the folder later; one that was closed is opened.
      const { home } = this.options;
      let watcher = watchFirst([this.#places.run, home, dirname(home)], () => cancel());
      cancel = () => {
        watcher?.close();
        watcher = null;
        this.#closed.signal.removeEventListener('abort', cancel);
        resolve();
      };
      watcher?.on('error', cancel);
      this.#closed.signal.addEventListener('abort', cancel, { once: true });
    });
    return { seen, cancel: () => cancel() };
  }
}
