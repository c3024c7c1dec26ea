import { existsSync } from 'node:fs';
import type Dockerode from 'dockerode';
import type { DiskUsage, EngineConfiguration, EngineEndpoint, EngineState } from '#contract';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { Activity } from './activity';
import { Beside } from './beside';
import { readConfiguration } from './configuration';
import { Connection } from './connection';
import { diskUsage } from './disk-usage';
import {
  type Candidate,
  findAll,
  findCandidates,
  type OwnVm,
  type Surroundings,
  surroundings,
} from './endpoints';
import { contact } from './handshake';
import { Lifecycle } from './lifecycle';
import { otherEngine } from './problem-states';
import { Projection } from './projection';

/** How long an engine may take to show that it is there. */
const REACH_LIMIT_MS = 2000;
const LONGEST_PAUSE_MS = 5000;

export interface EngineOptions {
  /** Docker host of the setting; null looks for one. */
  host: string | null;
  /** Gantry's own VM. */
  vm?: OwnVm;
  /** Environment, home folder and platform; tests give their own. */
  around?: Surroundings;
}

/** The engine that Gantry shows: its connection, its objects, what is done with them. */
export interface Engine {
  readonly projection: Projection;
  /** Of this one, and of the one beside it. */
  readonly activity: Activity;
  readonly lifecycle: Lifecycle;
  /** Another one that stays connected meanwhile. */
  readonly beside: Beside;
  /** A client of the connected engine, for what is done at once. @throws ProblemError while there is none */
  docker(): Dockerode;
  /** The engine that is shown now, for what is ordered here and done later. */
  here(): Here;
  state(): EngineState;
  /** Engines that this computer knows of, in the order in which they are tried, reachable or not. */
  endpoints(): Promise<(EngineEndpoint & { reachable: boolean })[]>;
  /** Connects to this host from now on; null looks for one. */
  select(host: string | null): void;
  /** Tries now instead of at the end of the back-off. */
  reconnect(): void;
  /** Gantry's own VM is in another state: what waits for it looks again. */
  vmChanged(): void;
  /** @throws ProblemError */
  diskUsage(): Promise<DiskUsage>;
  /** @throws ProblemError */
  configuration(signal: AbortSignal): Promise<EngineConfiguration>;
  /** Resolves when the projection has this container's present state. */
  refreshContainer(id: string): Promise<void>;
  /** Ends the connection and everything that follows it. */
  close(): Promise<void>;
}

/** One engine, and no other that is shown by the time: a name or an image's id may mean another object there. */
export interface Here {
  isShown(): boolean;
  /** @throws ProblemError `other-engine` once another one is shown */
  assertShown(): void;
  /** @throws ProblemError as `assertShown`, and as `Engine.docker` while it is away */
  docker(): Dockerode;
}

/** A known socket that does not exist is no engine, only a place where one could be. Gantry's VM can be started. */
const isThere = ({ host, source }: EngineEndpoint) =>
  source !== 'known socket' || !host.startsWith('unix://') || existsSync(host.slice('unix://'.length));

async function isReachable(candidate: Candidate, { vm }: Surroundings): Promise<boolean> {
  if (candidate.host === vm?.host && vm.away()) return false;
  return contact(candidate, timeLimit(REACH_LIMIT_MS)).then(
    () => true,
    () => false,
  );
}

export function createEngine({ host, vm, around = surroundings(vm) }: EngineOptions): Engine {
  const projection = new Projection({
    status: 'connecting',
    endpoint: null,
    facts: null,
    since: Date.now(),
    problem: null,
    nextAttemptAt: null,
  });
  const activity = new Activity();
  const connection = new Connection({
    projection,
    activity,
    host,
    around,
    find: findCandidates,
    longestPauseMs: LONGEST_PAUSE_MS,
  });
  const beside = new Beside(around, activity);
  const docker = () => connection.docker();
  const refreshContainer = (id: string) => connection.refreshContainer(id);
  const state = () => projection.snapshot().engine;
  const here = (): Here => {
    const { endpoint } = state();
    const isShown = () => endpoint === null || state().endpoint?.host === endpoint.host;
    const assertShown = () => {
      if (endpoint && !isShown()) throw new ProblemError(otherEngine(endpoint));
    };
    return {
      isShown,
      assertShown,
      docker() {
        assertShown();
        return docker();
      },
    };
  };
  let setting = host;
  return {
    projection,
    activity,
    lifecycle: new Lifecycle({ docker, projection, refreshContainer, beside }),
    beside,
    docker,
    here,
    state,
    endpoints: async () => {
      const candidates = (await findAll(setting, around)).filter(isThere);
      return Promise.all(
        candidates.map(async (candidate) => ({
          host: candidate.host,
          label: candidate.label,
          source: candidate.source,
          reachable: await isReachable(candidate, around),
        })),
      );
    },
    select: (next) => {
      setting = next;
      connection.select(next);
    },
    reconnect: () => connection.reconnect(),
    vmChanged: () => connection.vmChanged(),
    diskUsage: async () => diskUsage(docker()),
    configuration: async (signal) => {
      const host = state().endpoint?.host ?? '';
      return readConfiguration(docker(), { host, around, signal });
    },
    refreshContainer,
    close: async () => {
      await Promise.all([connection.close(), beside.close()]);
    },
  };
}
