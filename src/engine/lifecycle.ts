import type Dockerode from 'dockerode';
import type { Outcome } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { type Problem, ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { isMissing } from './ask';
import type { Beside } from './beside';
import { toProblem } from './problems';
import type { BusyVerb, Projection } from './projection';
import { type Exchange, replaceContainer } from './replace';
import type { Change } from './replace-change';
import { blockedPort } from './run/blocked-port';
import { isLocalEngine } from './run/propose';

/** Containers that one call works on at once. */
const AT_ONCE = 8;
/** Seconds the engine waits for a container to end before it kills it, unless told otherwise. */
const STOP_SECONDS = 10;
/** How long the engine may take besides that. */
const PATIENCE_MS = 60_000;

/** What the lifecycle needs of the engine. */
export interface LifecycleHost {
  docker(): Dockerode;
  projection: Projection;
  /** Resolves when the projection has the container's present state. */
  refreshContainer(id: string): Promise<void>;
  /** The engine on this computer that may have a port which a container wants. */
  beside: Pick<Beside, 'neighbour'>;
}

interface Verb {
  busy: BusyVerb;
  /** For "Could not …". */
  word: string;
  command: (name: string) => string[];
  run: (container: Dockerode.Container, abortSignal: AbortSignal) => Promise<unknown>;
  limitMs?: number;
}

/** The engine answers 304 when there is nothing to do, and 409 or 500 in words for pause and unpause. */
function isDoneAlready(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ('statusCode' in error && error.statusCode === 304) ||
    /is already paused|is not paused/.test(error.message)
  );
}

const nameOf = (host: LifecycleHost, id: string) =>
  host.projection.allContainers().get(id)?.name ?? id.slice(0, 12);

async function runOne(host: LifecycleHost, id: string, verb: Verb): Promise<Problem | null> {
  const name = nameOf(host, id);
  const limit = timeLimit(verb.limitMs ?? PATIENCE_MS);
  try {
    await verb.run(host.docker().getContainer(id), limit);
    return null;
  } catch (error) {
    if (isDoneAlready(error)) return null;
    return toProblem(error, {
      doing: `${verb.word} ${name}`,
      name,
      id,
      image: host.projection.allContainers().get(id)?.image,
      ...(await portWords(host, error, id)),
      command: verb.command(name),
    });
  }
}

/** What is known of the host port that the engine complains about, if it does. */
function portWords(host: LifecycleHost, error: unknown, id: string) {
  const containers = host.projection.allContainers().values();
  const local = isLocalEngine(host.projection.snapshot());
  const neighbour = host.beside.neighbour();
  return blockedPort(error instanceof Error ? error.message : '', { containers, local, neighbour, id });
}

async function runAll(host: LifecycleHost, ids: string[], verb: Verb): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  const waiting = [...new Set(ids)];
  host.projection.setBusy(waiting, verb.busy);
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const name = nameOf(host, id);
      const problem = await runOne(host, id, verb);
      // The new state first, then the end of busy: a row must not fall back to its old state in between.
      await host.refreshContainer(id);
      host.projection.setBusy([id], null);
      if (problem) outcome.failed.push({ id, name, problem });
      else outcome.done.push(id);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work));
  return outcome;
}

/** Starts, stops and changes containers. Each one of several succeeds or fails on its own. */
export class Lifecycle {
  constructor(private readonly host: LifecycleHost) {}

  start(ids: string[]): Promise<Outcome> {
    return runAll(this.host, ids, {
      busy: 'starting',
      word: 'start',
      command: (name) => commandArguments(commands.containers.start([name])),
      run: (container, abortSignal) => container.start({ abortSignal }),
    });
  }

  /** @param timeout seconds until the engine kills it */
  stop(ids: string[], timeout?: number): Promise<Outcome> {
    return runAll(this.host, ids, {
      busy: 'stopping',
      word: 'stop',
      command: (name) => commandArguments(commands.containers.stop([name], timeout)),
      run: (container, abortSignal) =>
        container.stop({ ...(timeout === undefined ? {} : { t: timeout }), abortSignal }),
      limitMs: (timeout ?? STOP_SECONDS) * 1000 + PATIENCE_MS,
    });
  }

  restart(ids: string[]): Promise<Outcome> {
    return runAll(this.host, ids, {
      busy: 'restarting',
      word: 'restart',
      command: (name) => commandArguments(commands.containers.restart([name])),
      run: (container, abortSignal) => container.restart({ abortSignal }),
      limitMs: STOP_SECONDS * 1000 + PATIENCE_MS,
    });
  }

  pause(ids: string[]): Promise<Outcome> {
    return runAll(this.host, ids, {
      busy: 'pausing',
      word: 'pause',
      command: (name) => commandArguments(commands.containers.pause([name])),
      run: (container, abortSignal) => container.pause({ abortSignal }),
    });
  }

  unpause(ids: string[]): Promise<Outcome> {
    return runAll(this.host, ids, {
      busy: 'unpausing',
      word: 'continue',
      command: (name) => commandArguments(commands.containers.unpause([name])),
      run: (container, abortSignal) => container.unpause({ abortSignal }),
    });
  }

  /** @param signal such as `SIGHUP`; the engine's default is SIGKILL */
  kill(ids: string[], signal?: string): Promise<Outcome> {
    return runAll(this.host, ids, {
      busy: 'killing',
      word: 'kill',
      command: (name) => commandArguments(commands.containers.kill([name], signal)),
      run: (container, abortSignal) => container.kill({ ...(signal ? { signal } : {}), abortSignal }),
    });
  }

  /** @throws ProblemError when the name is taken or not allowed */
  async rename(id: string, name: string): Promise<void> {
    const old = nameOf(this.host, id);
    const outcome = await runAll(this.host, [id], {
      busy: 'renaming',
      word: 'rename',
      command: () => commandArguments(commands.containers.rename(old, name)),
      run: (container, abortSignal) => container.rename({ name, abortSignal }),
    });
    const [failed] = outcome.failed;
    if (failed) throw new ProblemError(failed.problem);
  }

  /**
   * Puts a container that differs in one thing in the place of another.
   * @throws ProblemError
   */
  async replace(input: { id: string; change: Change }): Promise<Exchange> {
    const names = new Set([...this.host.projection.allContainers().values()].map(({ name }) => name));
    this.host.projection.setBusy([input.id], 'starting');
    try {
      const exchange = await replaceContainer(this.host.docker(), input, {
        names,
        blockedPort: (error) => portWords(this.host, error, input.id),
      });
      await this.host.refreshContainer(exchange.id);
      return exchange;
    } finally {
      await this.host.refreshContainer(input.id);
      this.host.projection.setBusy([input.id], null);
    }
  }

  /** Deletes them for good, running or not. One that is gone already counts as deleted. */
  removeNow(ids: string[], { volumes = false }: { volumes?: boolean } = {}): Promise<Outcome> {
    return runAll(this.host, ids, {
      busy: 'deleting',
      word: 'delete',
      command: (name) => commandArguments(commands.containers.remove([name], { volumes })),
      run: async (container, abortSignal) => {
        try {
          await container.remove({ force: true, v: volumes, abortSignal });
        } catch (error) {
          if (!isMissing(error)) throw error;
        }
      },
    });
  }
}
