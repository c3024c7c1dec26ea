import type Dockerode from 'dockerode';
import type { StatsSample } from '#contract';
import { openStream } from './connection-stream';
import { Feed } from './feed';
import { type CpuReading, cpuOf, readStats, sampleOf } from './stats-reading';

/** The engine sends a reading each second; one in two is parsed and sent. */
const periodMs = 1900;
/** The engine reads all its containers in one go, so their readings come together. */
const gatherMs = 60;
/** A stream without a reader stays open this long, so that scrolling a list does not start streams again. */
const lingerMs = 2000;

interface Reader {
  onReading(): void;
  onEnd(): void;
}

/** The stats stream of one container, shared by all that watch it. */
class StatsStream {
  private readonly owner = new AbortController();
  private readonly readers = new Set<Reader>();
  private linger: NodeJS.Timeout | undefined;
  /** The newest whole reading, not parsed yet. */
  private line: Buffer | null = null;
  private part: Buffer[] = [];
  private cpu: CpuReading | null = null;
  private parsedAt = 0;
  private sample: StatsSample | null = null;

  constructor(
    private readonly docker: Dockerode,
    private readonly id: string,
    private readonly forget: (stream: StatsStream) => void,
  ) {
    void this.read();
  }

  join(reader: Reader): void {
    clearTimeout(this.linger);
    this.readers.add(reader);
  }

  leave(reader: Reader): void {
    if (!this.readers.delete(reader) || this.readers.size > 0) return;
    this.linger = setTimeout(() => {
      // At once, so that nobody joins a stream that is about to end.
      this.forget(this);
      this.owner.abort();
    }, lingerMs);
  }

  /** The newest sample, parsed once for all readers; null while the container does not run. */
  newest(): StatsSample | null {
    if (this.line === null || Date.now() - this.parsedAt < periodMs / 2) return this.sample;
    const reading = readStats(this.line.toString());
    this.line = null;
    this.parsedAt = Date.now();
    const now = reading && cpuOf(reading.cpu_stats);
    const before = this.cpu ?? (reading && cpuOf(reading.precpu_stats));
    this.cpu = now;
    this.sample = reading && now && before ? sampleOf(this.id, reading, now, before) : null;
    return this.sample;
  }

  private async read(): Promise<void> {
    const { docker, id, owner } = this;
    try {
      const stream = await openStream(docker, `/containers/${id}/stats?`, { stream: true }, owner.signal);
      for await (const chunk of stream) {
        if (this.gather(chunk)) for (const reader of this.readers) reader.onReading();
      }
    } catch {
      // The container or the engine is gone, which the projection tells; there is just no sample any more.
    } finally {
      clearTimeout(this.linger);
      this.forget(this);
      for (const reader of this.readers) reader.onEnd();
    }
  }

  /** Whether the chunk ended a reading. */
  private gather(chunk: Buffer): boolean {
    const end = chunk.lastIndexOf('\n');
    if (end < 0) {
      this.part.push(chunk);
      return false;
    }
    const begin = end > 0 ? chunk.lastIndexOf('\n', end - 1) + 1 : 0;
    const last = chunk.subarray(begin, end);
    this.line = begin > 0 ? last : Buffer.concat([...this.part, last]);
    this.part = [chunk.subarray(end + 1)];
    return true;
  }
}

const streams = new WeakMap<Dockerode, Map<string, StatsStream>>();

function streamOf(docker: Dockerode, id: string): StatsStream {
  const known = streams.get(docker) ?? new Map<string, StatsStream>();
  streams.set(docker, known);
  const stream =
    known.get(id) ??
    new StatsStream(docker, id, (ended) => {
      if (known.get(id) === ended) known.delete(id);
    });
  known.set(id, stream);
  return stream;
}

/**
 * One batch every 2 seconds with a sample of each container that runs. Ends when none of them is there any more,
 * or the engine is not.
 */
export function watchStats(
  docker: Dockerode,
  ids: readonly string[],
  signal?: AbortSignal,
): AsyncIteratorObject<StatsSample[], undefined> {
  let joined = [...new Set(ids)].map((id) => streamOf(docker, id));
  let batchAt = 0;
  let due = false;
  let gathering: NodeJS.Timeout | undefined;

  const take = (): StatsSample[] | undefined => {
    if (!due) return undefined;
    due = false;
    const samples = joined.map((stream) => stream.newest()).filter((sample) => sample !== null);
    if (samples.length === 0) return undefined;
    batchAt = Date.now();
    return samples;
  };
  const onReading = () => {
    if (gathering || Date.now() - batchAt < periodMs) return;
    gathering = setTimeout(() => {
      gathering = undefined;
      due = true;
      feed.wake();
    }, gatherMs);
  };
  const readers = new Map(joined.map((stream) => [stream, { onReading, onEnd: () => lose(stream) }]));
  const lose = (stream: StatsStream) => {
    joined = joined.filter((other) => other !== stream);
    if (joined.length === 0) feed.finish();
  };
  const close = () => {
    clearTimeout(gathering);
    for (const [stream, reader] of readers) stream.leave(reader);
  };
  const feed = new Feed<StatsSample[]>({ take, close }, 0, signal);
  if (!signal?.aborted) for (const [stream, reader] of readers) stream.join(reader);
  return feed;
}
