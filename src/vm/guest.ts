import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { z } from 'zod';
import { accelerator, bootStep, sharedFolder } from '#contract/vm';
import { watchAgentPort } from './agent-port';
import { GuestEngine } from './guest-engine';
import { type Link, openLink } from './link/link';
import { serveNineP } from './nine/server';
import { pause } from './pause';
import type { Places } from './places';
import type { Ports } from './ports/ports';
import type { QemuProcess } from './qemu/process';
import type { Qmp } from './qemu/qmp';
import { restoreShares } from './shares/plug';
import { shareTag } from './shares/serve';

/** What a machine was started with. Written down, so that a keeper that comes later knows it. */
export const guestFacts = z.object({
  accelerator: z.object({ name: accelerator, why: z.string() }),
  qemuVersion: z.string(),
  /** As the settings have it. */
  cpus: z.number(),
  /** How many of them the machine has; not in the records of a Gantry that always gave it all. */
  processors: z.number().optional(),
  memoryMiB: z.number(),
  swapMiB: z.number().default(0),
  secret: z.string(),
  imageId: z.string(),
  network: z.object({ block: z.string(), gateway: z.string(), dns: z.string(), guest: z.string() }),
  kernelArguments: z.string(),
  /** Shared folders, in the order of their tags `share-0`, `share-1`, … */
  folders: z.array(sharedFolder),
  /** How they are shared; not in the records of a Gantry that knew one way only. */
  sharing: z.enum(['virtiofs', 'link']).default('virtiofs'),
  /** When QEMU was started for a boot, in milliseconds since 1970. */
  spawnedAt: z.number(),
  /** From the spawn of QEMU to the engine's answer, in milliseconds; 0 until then. */
  startedInMs: z.number(),
  /** What the engine said of a configuration that it did not start with; null when it has what it was given. */
  configDropped: z.string().nullable().default(null),
  timeLine: z.array(z.object({ step: bootStep, atMs: z.number() })),
});
export type GuestFacts = z.infer<typeof guestFacts>;

/** A link that could not be opened is tried again after so long, in milliseconds. */
const againMs = 200;

/** A machine that runs, with its engine in reach. */
export class Guest {
  readonly engine: GuestEngine;
  /** Resolves with the reason when QEMU has ended. */
  readonly exited: Promise<string>;
  #link: Link | null = null;
  readonly #over = new AbortController();
  #waiting: ((link: Link) => void)[] = [];
  #wasLinked = false;

  constructor(
    readonly facts: GuestFacts,
    readonly process: QemuProcess,
    readonly qmp: Qmp,
    private readonly places: Places,
    private readonly ports: Ports,
    private readonly log: Logger,
  ) {
    this.engine = new GuestEngine(() => this.link.open({ service: 'engine' }));
    this.exited = process.exited.then((why) => {
      this.#over.abort(new Error(why));
      return why;
    });
    watchAgentPort(qmp, this.#over.signal, () => this.#link);
  }

  /** Aborts when QEMU has ended, or this keeper lets go of it. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** @throws Error while there is no session, as after the link was cut */
  get link(): Link {
    if (!this.#link) throw new Error('The connection into the virtual machine is being made again');
    return this.#link;
  }

  /** The link, as soon as there is one. */
  linked(signal: AbortSignal): Promise<Link> {
    if (this.#link) return Promise.resolve(this.#link);
    return new Promise((resolve, reject) => {
      const stop = AbortSignal.any([signal, this.#over.signal]);
      const give = (link: Link) => {
        stop.removeEventListener('abort', abort);
        resolve(link);
      };
      const abort = () => {
        this.#waiting = this.#waiting.filter((entry) => entry !== give);
        reject(stop.reason);
      };
      if (stop.aborted) return reject(stop.reason);
      stop.addEventListener('abort', abort, { once: true });
      this.#waiting.push(give);
    });
  }

  /** Opens the link, and opens it again whenever it is cut, until the machine ends. Resolves with the first session. */
  connect(signal: AbortSignal): Promise<Link> {
    void this.#keepLinked();
    return this.linked(signal);
  }

  /** Lets go of the machine, which goes on. */
  release(): void {
    this.#over.abort(new Error('The keeper let go of the virtual machine'));
    this.#link?.close();
    this.#link = null;
    this.engine.close();
    this.qmp.close();
  }

  /** Serves the guest the folder that it mounts. */
  async #share(stream: Duplex): Promise<void> {
    const { folders } = this.facts;
    const share = (name: string) => folders.find((_, index) => name === shareTag(index)) ?? null;
    await serveNineP({ stream, share, signal: this.#over.signal }).catch((error: unknown) =>
      this.log.warn({ err: error }, 'A shared folder is no longer served'),
    );
  }

  /** What was mounted through an earlier session is mounted through this one. */
  async #shareAgain(link: Link): Promise<void> {
    if (this.facts.sharing !== 'link') return;
    const { qmp, places, facts, signal } = this;
    await restoreShares({ qmp, link, places, facts }, signal).catch((error: unknown) =>
      this.log.warn({ err: error }, 'Not all folders are shared again'),
    );
  }

  async #keepLinked(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      try {
        const link = await openLink({
          socketPath: this.places.linkSocket,
          secret: this.facts.secret,
          signal,
          onPublish: (lease) => this.ports.take(lease),
          onShare: (stream) => void this.#share(stream),
        });
        if (this.#wasLinked) void this.#shareAgain(link);
        this.#wasLinked = true;
        this.#link = link;
        for (const give of this.#waiting.splice(0)) give(link);
        await link.ended;
      } catch {
        // QEMU ended, or the socket broke: the loop's condition tells which. A socket that is gone refuses at once.
        await pause(againMs, signal);
      } finally {
        this.#link = null;
      }
    }
  }
}
