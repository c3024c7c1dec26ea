import type { IncomingMessage } from 'node:http';
import type Dockerode from 'dockerode';
import type { LogBatch, LogLine } from '#contract';
import { ProblemError } from '#contract/problem';
import { openStream } from './connection-stream';
import { Feed } from './feed';
import { LogDecoder, type LogFormat } from './log-frames';
import { toProblem } from './problems';

/** A batch is sent at most this often. */
const paceMs = 50;
const batchLines = 5000;
/** The engine's stream is paused while this many lines wait for the reader. */
const waitingLines = 10_000;
/** Characters of a line that are held for saving; a file gets what a view leaves out. */
const exportLineLimit = 64 * 1024 * 1024;
/** A follow request does not say where its history ends; this long without a line after the answer began does. */
const quietMs = 150;

interface LogQuery {
  tail: number | 'all';
  /** Milliseconds since 1970. */
  since?: number;
  follow: boolean;
}

/** Log drivers that keep nothing which the engine could read back (docs.docker.com, "Configure logging drivers"). */
function notKept(name: string, driver: string): ProblemError {
  const none = driver === 'none' || driver === '';
  return new ProblemError({
    code: 'logs-not-kept',
    title: none ? `${name} keeps no log` : `The log of ${name} goes to “${driver}”`,
    explanation: none
      ? 'It was started with the log driver “none”, so what it prints is thrown away.'
      : 'This log driver sends lines away and keeps none that the engine could read back. Look at it where it is sent to.',
    actions: [],
    detail: `LogConfig.Type: ${driver}`,
  });
}

interface LogSource {
  id: string;
  name: string;
  driver: string;
  format: LogFormat;
}

async function logSource(docker: Dockerode, id: string, signal: AbortSignal): Promise<LogSource> {
  try {
    const found = await docker.getContainer(id).inspect({ abortSignal: signal });
    const source: LogSource = {
      id: found.Id,
      name: found.Name.replace(/^\//, ''),
      driver: found.HostConfig.LogConfig?.Type ?? '',
      format: found.Config.Tty ? 'tty' : 'frames',
    };
    if (source.driver === 'none') throw notKept(source.name, source.driver);
    return source;
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'read the log', id }));
  }
}

async function openLog(
  docker: Dockerode,
  source: LogSource,
  { tail, since, follow }: LogQuery,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const query = {
    stdout: true,
    stderr: true,
    timestamps: true,
    follow,
    tail,
    ...(since === undefined ? {} : { since: (since / 1000).toFixed(3) }),
  };
  try {
    return await openStream(docker, `/containers/${source.id}/logs?`, query, signal);
  } catch (error) {
    const problem = toProblem(error, { doing: `read the log of ${source.name}`, id: source.id });
    if (/does not support reading/.test(problem.detail ?? '')) throw notKept(source.name, source.driver);
    throw new ProblemError(problem);
  }
}

/** An abort that follows another one, and can be made alone. */
function ownedBy(signal?: AbortSignal): AbortController {
  const owner = new AbortController();
  if (signal?.aborted) owner.abort();
  else signal?.addEventListener('abort', () => owner.abort(), { once: true, signal: owner.signal });
  return owner;
}

/**
 * The newest lines, oldest first, then live ones until the container ends. Leaving the loop or aborting closes the
 * engine's connection at once; a slow reader pauses it.
 */
export async function followLogs(
  docker: Dockerode,
  input: { id: string; tail: number; since?: number; follow: boolean },
  signal?: AbortSignal,
): Promise<AsyncIteratorObject<LogBatch, undefined>> {
  const owner = ownedBy(signal);
  const source = await logSource(docker, input.id, owner.signal);
  const stream = await openLog(docker, source, input, owner.signal);

  let waiting: LogLine[] = [];
  let received = 0;
  let live = false;
  let liveToSay = false;
  let ended = false;

  const becomeLive = () => {
    clearTimeout(quiet);
    if (live) return;
    live = true;
    liveToSay = true;
    feed.wake();
  };
  const take = (): LogBatch | undefined => {
    if (waiting.length === 0 && !liveToSay && !ended) return undefined;
    const lines = waiting.length > batchLines ? waiting.slice(0, batchLines) : waiting;
    waiting = waiting.length > batchLines ? waiting.slice(batchLines) : [];
    if (waiting.length < waitingLines && stream.isPaused()) stream.resume();
    const batch: LogBatch = { lines };
    if (waiting.length === 0) {
      if (liveToSay) batch.live = true;
      liveToSay = false;
      if (ended) batch.ended = true;
      ended = false;
    }
    return batch;
  };
  const close = () => {
    clearTimeout(quiet);
    owner.abort();
    stream.destroy();
  };
  const feed = new Feed<LogBatch>({ take, close }, paceMs, signal);
  const decoder = new LogDecoder(source.format, (line) => waiting.push(line));
  let quiet = setTimeout(becomeLive, quietMs);

  stream.on('data', (chunk: Buffer) => {
    const before = waiting.length;
    decoder.write(chunk);
    received += waiting.length - before;
    if (waiting.length >= waitingLines) stream.pause();
    if (!live) {
      clearTimeout(quiet);
      if (received >= input.tail) becomeLive();
      else quiet = setTimeout(becomeLive, quietMs);
    }
    if (waiting.length > before) feed.wake();
  });
  stream.once('end', () => {
    decoder.end();
    becomeLive();
    ended = true;
    feed.finish();
  });
  stream.on('error', (error) => {
    const problem = toProblem(error, { doing: `read the log of ${source.name}`, id: source.id });
    feed.finish(new ProblemError(problem));
  });
  return feed;
}

/**
 * A page of lines before the newest `have`, oldest first. The engine's `until` filters what its `tail` has counted
 * from the end, so a page is the tail of both, without its newer part.
 */
export async function olderLogs(
  docker: Dockerode,
  input: { id: string; have: number; count: number; since?: number },
  signal?: AbortSignal,
): Promise<LogLine[]> {
  const owner = ownedBy(signal);
  const source = await logSource(docker, input.id, owner.signal);
  const query = { tail: input.have + input.count, since: input.since, follow: false };
  const stream = await openLog(docker, source, query, owner.signal);
  // The engine gives at most what is asked for, so the page is in its first `count` lines: only these are kept. A
  // log that has fewer lines gives a shorter page.
  const oldest: LogLine[] = [];
  let lines = 0;
  const decoder = new LogDecoder(source.format, (line) => {
    lines += 1;
    if (oldest.length < input.count) oldest.push(line);
  });
  try {
    for await (const chunk of stream) decoder.write(chunk);
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: `read the log of ${source.name}`, id: source.id }));
  } finally {
    owner.abort();
  }
  decoder.end();
  return oldest.slice(0, Math.max(0, lines - input.have));
}

/** The newest lines, oldest first. */
export const newestLines = (docker: Dockerode, input: { id: string; count: number }, signal?: AbortSignal) =>
  olderLogs(docker, { ...input, have: 0 }, signal);

/** The whole log as text, in pieces of some 64 KB, read only as fast as they are taken. */
export async function exportLogs(
  docker: Dockerode,
  input: { id: string; timestamps: boolean },
  signal?: AbortSignal,
): Promise<AsyncIteratorObject<string, undefined>> {
  const owner = ownedBy(signal);
  const source = await logSource(docker, input.id, owner.signal);
  const stream = await openLog(docker, source, { tail: 'all', follow: false }, owner.signal);
  let text = '';
  const write = ({ time, text: line, cut }: LogLine) => {
    const rest = cut ? ` … (${cut} more characters)` : '';
    text += `${input.timestamps ? `${time} ` : ''}${line}${rest}\n`;
  };
  const decoder = new LogDecoder(source.format, write, exportLineLimit);
  const take = () => {
    if (text === '') return undefined;
    const piece = text;
    text = '';
    stream.resume();
    return piece;
  };
  const close = () => {
    owner.abort();
    stream.destroy();
  };
  const feed = new Feed<string>({ take, close }, 0, signal);
  stream.on('data', (chunk: Buffer) => {
    decoder.write(chunk);
    if (text.length >= 65_536) stream.pause();
    if (text !== '') feed.wake();
  });
  stream.once('end', () => {
    decoder.end();
    feed.finish();
  });
  stream.on('error', (error) => {
    feed.finish(
      new ProblemError(toProblem(error, { doing: `read the log of ${source.name}`, id: source.id })),
    );
  });
  return feed;
}
