import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Container, EngineBeside, EngineEndpoint, EngineState } from '#contract';
import { isRunning } from '#contract/container-state';
import type { Activity } from './activity';
import { Connection } from './connection';
import { type Candidates, findCandidates, type Surroundings } from './endpoints';
import { changesOf, each, type Feed } from './feed';
import { Projection } from './projection';

/** Its socket is watched for; this is for what no watching tells. */
const LONGEST_PAUSE_MS = 60_000;
const PACE_MS = 333;

/** Which engine is beside the shown one. `host`: the one that the user named; null takes the first that answers. */
export type Side = { of: 'vm' } | { of: 'found'; host: string | null };

/** Of the engine beside: what the shown one has to reckon with, as both publish ports on this computer. */
export interface Neighbour {
  /** What the user calls it. */
  name: string;
  containers: ReadonlyMap<string, Container>;
}

const away = (): EngineState => ({
  status: 'off',
  endpoint: null,
  facts: null,
  since: Date.now(),
  problem: null,
  nextAttemptAt: null,
});

const isSocket = (host: string) => /^(?:unix|npipe):/.test(host);

/**
 * The engine that stays connected while another one is shown: Gantry's VM beside one that was there already, or the
 * other way round. Only on this computer: a connection to another one is opened when the user asks for it.
 */
export class Beside {
  readonly projection = new Projection(away());
  #side: Side | null = null;
  #connection: Connection | null = null;
  #turning: Promise<void> = Promise.resolve();

  constructor(
    private readonly around: Surroundings,
    private readonly activity: Activity,
  ) {}

  /** Connects to this one from now on; null to none. */
  turn(side: Side | null): void {
    if (isDeepStrictEqual(side, this.#side)) return;
    this.#side = side;
    // One connection after the other: the end of the last one must not take away what the next one has read.
    this.#turning = this.#turning.then(() => this.#connect(side));
  }

  /** Null while there is none, or it was not read yet. */
  state(): EngineBeside | null {
    const { engine, loaded, containers } = this.projection.snapshot();
    if (engine.status !== 'connected' || !engine.endpoint || !loaded) return null;
    const all = [...containers.values()];
    return {
      endpoint: engine.endpoint,
      version: engine.facts?.version ?? null,
      containers: all.length,
      running: all.filter(isRunning).length,
    };
  }

  neighbour(): Neighbour | null {
    const { engine, containers } = this.projection.snapshot();
    return engine.status === 'connected' && engine.endpoint
      ? { name: engine.endpoint.label, containers }
      : null;
  }

  /** The present state first, then each change, at most three a second. Ends when `signal` aborts. */
  watch(signal: AbortSignal): Feed<EngineBeside | null> {
    return changesOf(
      () => this.state(),
      PACE_MS,
      (wake, over) => void each(this.projection.watch(over), wake),
      signal,
    );
  }

  close(): Promise<void> {
    this.turn(null);
    return this.#turning;
  }

  async #connect(side: Side | null): Promise<void> {
    await this.#connection?.close();
    this.#connection = null;
    this.projection.setEngine(away());
    if (side === null || !isDeepStrictEqual(side, this.#side)) return;
    this.#connection = new Connection({
      projection: this.projection,
      activity: this.activity,
      host: side.of === 'vm' ? (this.around.vm?.host ?? null) : side.host,
      around: this.around,
      find: side.of === 'vm' ? findCandidates : findOthers,
      longestPauseMs: LONGEST_PAUSE_MS,
    });
  }
}

/**
 * Whether a connection may start an engine that does not run: systemd holds the sockets of Docker and Podman open in
 * their place. dockerd writes its process id beside its socket.
 */
export function startsWhenCalled({ host, source }: EngineEndpoint, platform: NodeJS.Platform): boolean {
  const path = host.replace(/^unix:\/\//, '');
  const held = platform === 'linux' && source === 'known socket' && /^(?:\/var)?\/run\//.test(path);
  return held && !existsSync(join(dirname(path), 'docker.pid'));
}

/** Where an engine runs that is not Gantry's own. What nobody has chosen is not started for being counted. */
async function findOthers(host: string | null, around: Surroundings): Promise<Candidates> {
  const { list, notice } = await findCandidates(host, around);
  const others = list.filter(
    (found) =>
      isSocket(found.host) && found.host !== around.vm?.host && !startsWhenCalled(found, around.platform),
  );
  return { list: others, notice };
}
