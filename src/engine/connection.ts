import type Dockerode from 'dockerode';
import type { EngineState } from '#contract';
import { type Problem, ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import type { Activity } from './activity';
import type { Candidate, Candidates, Surroundings } from './endpoints';
import { type EngineEvent, openEvents } from './events';
import { type Contact, contact, readFacts } from './handshake';
import { engineLost, noEngine, notConnected } from './problem-states';
import { toProblem } from './problems';
import type { Projection } from './projection';
import { waitForSocket } from './socket-watch';
import { Sync } from './sync';

/** How long an engine may take to say hello, and to begin with its events. */
const GREETING_LIMIT_MS = 5000;
const SHORTEST_PAUSE_MS = 250;
/** A lost engine counts as restarting for this long, then as off. Gantry goes on trying either way. */
const RECONNECTING_MS = 20_000;

interface ConnectionOptions {
  projection: Projection;
  activity: Activity;
  /** Docker host of the setting; null looks for one. */
  host: string | null;
  around: Surroundings;
  /** Where to look. */
  find: (host: string | null, around: Surroundings) => Promise<Candidates>;
  /** Attempts are never further apart than this. */
  longestPauseMs: number;
}

/** Why a session ended, and whether it had shown the engine's objects. */
interface Ending {
  problem: Problem;
  served: boolean;
}

/** An engine that ends breaks its streams off in several ways, which all mean the same. */
function whyLost(error: unknown, { host }: Candidate): Problem {
  const problem = toProblem(error, { host });
  const ended = problem.code === 'engine-broke-off' || problem.code === 'engine-off';
  return ended ? { ...engineLost, detail: problem.detail } : problem;
}

/** Finds an engine, follows it, and finds it again. */
export class Connection {
  #host: string | null;
  #contact: Contact | null = null;
  #sync: Sync | null = null;
  /** Ends the present search, wait or session, so that the next one begins at once. */
  #turn = new AbortController();
  #lostAt: number | null = null;
  readonly #closed = new AbortController();
  readonly #running: Promise<void>;

  constructor(private readonly options: ConnectionOptions) {
    this.#host = options.host;
    this.#running = this.#run();
  }

  /** @throws ProblemError `engine-off` while there is no connection */
  docker(): Dockerode {
    if (!this.#contact) throw new ProblemError(this.#state.problem ?? notConnected);
    return this.#contact.docker;
  }

  async refreshContainer(id: string): Promise<void> {
    await this.#sync?.refreshContainer(id);
  }

  select(host: string | null): void {
    this.#host = host;
    this.#lostAt = null;
    this.#restart();
  }

  /** Tries now. Does nothing while connected. */
  reconnect(): void {
    if (!this.#contact) this.#restart();
  }

  /** Looks again at once when the VM's engine is what is waited for: because it was chosen, or nothing else is there. */
  vmChanged(): void {
    const { vm } = this.options.around;
    if (!vm || this.#contact) return;
    if (this.#host === vm.host || (this.#host === null && vm.away() === null)) this.#turn.abort();
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#turn.abort();
    await this.#running;
  }

  get #state(): EngineState {
    return this.options.projection.snapshot().engine;
  }

  #restart(): void {
    this.#setState({ status: 'connecting', problem: null, nextAttemptAt: null, facts: null });
    this.#turn.abort();
  }

  #setState(change: Partial<EngineState> & Pick<EngineState, 'status'>): void {
    const now = this.#state;
    const since = change.status === now.status ? now.since : Date.now();
    this.options.projection.setEngine({ ...now, ...change, since });
  }

  async #run(): Promise<void> {
    let pauseMs = SHORTEST_PAUSE_MS;
    await this.options.around.vm?.known;
    while (!this.#closed.signal.aborted) {
      this.#turn = new AbortController();
      const { signal } = this.#turn;
      const candidates = await this.options.find(this.#host, this.options.around);
      const found = await this.#search(candidates, signal);
      const ending =
        'docker' in found ? await this.#follow(found, signal) : { problem: found, served: false };
      if (signal.aborted) {
        this.options.projection.forget();
        pauseMs = SHORTEST_PAUSE_MS;
        continue;
      }
      if (ending.served) {
        pauseMs = SHORTEST_PAUSE_MS;
        this.#lostAt = Date.now();
      }
      // The status before the objects: without it an empty list would look like an engine that has nothing.
      this.#setAway(ending.problem, pauseMs);
      this.options.projection.forget();
      const appeared = await waitForSocket(candidates.list, pauseMs, signal);
      pauseMs =
        appeared || signal.aborted ? SHORTEST_PAUSE_MS : Math.min(pauseMs * 2, this.options.longestPauseMs);
    }
  }

  #setAway(problem: Problem, pauseMs: number): void {
    const restarting = this.#lostAt !== null && Date.now() - this.#lostAt < RECONNECTING_MS;
    this.#setState({
      status: restarting ? 'reconnecting' : 'off',
      facts: null,
      problem,
      nextAttemptAt: Date.now() + pauseMs,
    });
  }

  /** The first candidate that answers, or why none does. */
  async #search(candidates: Candidates, signal: AbortSignal): Promise<Contact | Problem> {
    const failures: { candidate: Candidate; problem: Problem }[] = [];
    const { vm } = this.options.around;
    for (const candidate of candidates.list) {
      const away = candidate.host === vm?.host ? vm.away() : null;
      if (away) {
        failures.push({ candidate, problem: away });
        continue;
      }
      try {
        return await contact(candidate, timeLimit(GREETING_LIMIT_MS, signal));
      } catch (error) {
        failures.push({ candidate, problem: toProblem(error, { host: candidate.host }) });
      }
    }
    return noEngine(failures, candidates.notice, this.options.around.platform);
  }

  /** Follows this engine until it is lost, or `signal` aborts. */
  async #follow(found: Contact, signal: AbortSignal): Promise<Ending> {
    const session = new AbortController();
    const end = () => session.abort(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    const begun: { served: boolean } = { served: false };
    try {
      await this.#session(found, session, begun);
      return { problem: engineLost, served: begun.served };
    } catch (error) {
      const reason = session.signal.aborted ? session.signal.reason : error;
      return { problem: whyLost(reason, found.candidate), served: begun.served };
    } finally {
      signal.removeEventListener('abort', end);
      session.abort();
      this.#contact = null;
      this.#sync = null;
      if (begun.served && !signal.aborted) {
        const { host } = found.candidate;
        this.options.activity.noteEngine({
          host,
          action: 'lost',
          title: 'The engine went away',
          failed: true,
        });
      }
    }
  }

  async #session(found: Contact, session: AbortController, begun: { served: boolean }): Promise<void> {
    const { docker, podman, candidate } = found;
    const { projection } = this.options;
    const limit = setTimeout(() => session.abort(new Error('/events: ETIMEDOUT')), GREETING_LIMIT_MS);
    // Before the lists: what changes while they are read is told.
    const events = await openEvents(docker, { podman, signal: session.signal }).finally(() =>
      clearTimeout(limit),
    );
    const sync = new Sync(docker, projection, session.signal, (error) =>
      this.#lookFailed(error, session, candidate),
    );
    this.#contact = found;
    this.#sync = sync;
    const { host, label, source } = candidate;
    this.#setState({
      status: 'connected',
      endpoint: { host, label, source },
      problem: null,
      nextAttemptAt: null,
    });
    const list = async () => {
      await sync.list();
      begun.served = true;
      if (this.#lostAt !== null) {
        this.options.activity.noteEngine({
          host,
          action: 'back',
          title: 'The engine is back',
          failed: false,
        });
      }
      this.#lostAt = null;
    };
    const facts = async () => {
      this.#setState({ status: 'connected', facts: await readFacts(found, session.signal) });
    };
    // The stream's end is the end of the session, even if the lists are still being read.
    const read = async () => {
      for await (const event of events) this.#happened(event, sync, host);
      session.abort(new ProblemError(engineLost));
    };
    await Promise.all([read(), list(), facts()]);
  }

  #happened(event: EngineEvent, sync: Sync, host: string): void {
    this.options.activity.note(event, host);
    sync.apply(event);
  }

  /** One object that the engine cannot describe must not take the connection down; an engine that is stuck must. */
  #lookFailed(error: unknown, session: AbortController, { host }: Candidate): void {
    if (session.signal.aborted) return;
    const problem = toProblem(error);
    const answered = (error instanceof Error && 'statusCode' in error) || problem.code === 'engine-garbled';
    if (answered) {
      const title = `The engine could not describe an object: ${problem.detail}`;
      this.options.activity.noteEngine({ host, action: 'error', title, failed: true });
    } else session.abort(error);
  }
}
