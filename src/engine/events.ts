import { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';

/** Something that happened to one object of the engine. */
export interface EngineEvent {
  kind: 'container' | 'image' | 'volume' | 'network';
  /** In the engine's words, without what follows a colon: `start`, `die`, `health_status`. */
  action: string;
  /** What follows the colon: `unhealthy`. */
  detail: string;
  /** Id; for a pulled image its reference, for a volume its name. */
  id: string;
  attributes: Record<string, string>;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * What can change a list or is worth telling. The filter keeps the three exec events of every health check, each
 * with all labels, from being sent at all: the engine compares whole words, or their beginnings as soon as
 * `health_status` is among them (moby, daemon/events/filter.go).
 */
const actions = {
  container:
    'create start die stop kill oom pause unpause restart rename destroy update health_status commit prune',
  image: 'pull tag untag delete import load build create prune',
  volume: 'create destroy mount unmount prune',
  network: 'create destroy connect disconnect remove update prune',
};
const wanted = new Set(Object.values(actions).flatMap((words) => words.split(' ')));

const eventLine = z.object({
  Type: z.enum(['container', 'image', 'volume', 'network']),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: z.record(z.string(), z.string()).nullish() }),
  time: z.number(),
  timeNano: z.number().optional(),
});

/** Longer lines are no events: labels of one container may have some 100 KB together. */
const LINE_LIMIT_BYTES = 16 * 1024 * 1024;

const KEEP_ALIVE_MS = 15_000;

/**
 * Lines of a byte stream. Cut at line ends before decoding, so that no character is cut in two.
 * @throws Error when a line is longer than `limitBytes`.
 */
export async function* linesOf(
  stream: AsyncIterable<Buffer>,
  limitBytes = LINE_LIMIT_BYTES,
): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let held = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      pieces.push(chunk.subarray(start, end));
      yield Buffer.concat(pieces).toString('utf8');
      pieces = [];
      held = 0;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    held += rest.length;
    if (held > limitBytes) {
      throw new Error(`/events: the answer is not what the Docker API promises: a line of ${held} bytes`);
    }
    if (rest.length) pieces.push(rest);
  }
}

/** One line of `/events`; null for events that Gantry has no use for. */
export function readEvent(line: string): EngineEvent | null {
  let said: unknown;
  try {
    said = JSON.parse(line);
  } catch (error) {
    throw new Error('/events: the answer is not what the Docker API promises', { cause: error });
  }
  const parsed = eventLine.safeParse(said);
  if (!parsed.success) return null;
  const { Type, Action, Actor, time, timeNano } = parsed.data;
  const [action = '', ...rest] = Action.split(':');
  if (!wanted.has(action)) return null;
  return {
    kind: Type,
    action,
    detail: rest.join(':').trim(),
    id: Actor.ID,
    attributes: Actor.Attributes ?? {},
    at: timeNano === undefined ? time * 1000 : timeNano / 1e6,
  };
}

/**
 * Opens the engine's event stream. When this resolves the engine has begun to report: what changes from now on
 * is told. The stream ends with the engine, or when `signal` aborts.
 */
export async function openEvents(
  docker: Dockerode,
  { podman, signal }: { podman: boolean; signal: AbortSignal },
): Promise<AsyncGenerator<EngineEvent>> {
  const type = ['container', 'image', 'volume', 'network'];
  // Podman has other names for some events, and would leave those out.
  const filters = podman ? { type } : { type, event: [...wanted] };
  const opened = await docker.getEvents({ filters: JSON.stringify(filters), abortSignal: signal });
  if (!(opened instanceof IncomingMessage)) throw new Error('/events: no stream');
  // A remote engine that vanished without a word, as after a suspend, is noticed by the system's probes.
  opened.socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return eventsOf(opened);
}

async function* eventsOf(stream: Readable): AsyncGenerator<EngineEvent> {
  try {
    for await (const line of linesOf(stream)) {
      if (!line.trim()) continue;
      const event = readEvent(line);
      if (event) yield event;
    }
  } finally {
    stream.destroy();
  }
}
