import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { z } from 'zod';
import type { LogSource, OwnLogLine } from '#contract';
import { FileChange } from '#vm/file-change';
import { places } from '#vm/places';
import { openFolder } from '../folders';
import { plainText } from './plain-text';

/** So much of a log's end is looked at. */
const tailBytes = 512 * 1024;

export const logPath = (dataFolder: string, source: LogSource): string => {
  if (source === 'gantry') return join(dataFolder, 'logs', 'gantry.log');
  const { keeperLog, serialLog } = places(dataFolder);
  return source === 'vm' ? keeperLog : serialLog;
};

/** A line as pino writes it; all else that hangs on it is shown as it is. */
const entry = z.looseObject({ level: z.number(), time: z.number(), msg: z.string().catch('') });

/** A log line in words. What is not one of pino's is a line of the VM's serial log. */
export function readLine(line: string): OwnLogLine {
  const parsed = entry.safeParse(parseJson(line));
  if (!parsed.success)
    return {
      at: null,
      level: 'info',
      text: plainText(line),
    };
  const { level, time, msg, ...rest } = parsed.data;
  const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  return { at: time, level: level >= 50 ? 'error' : level >= 40 ? 'warning' : 'info', text: `${msg}${more}` };
}

function parseJson(text: string): unknown {
  try {
    return text.startsWith('{') ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** Lines of a file that grows, and may be replaced or emptied. */
class Tail {
  #file: FileHandle | null = null;
  #position = 0;
  #rest = '';
  #decoder = new StringDecoder('utf8');

  constructor(private readonly path: string) {}

  /** What came since the last call. */
  async read(): Promise<string[]> {
    const before = await this.#fresh();
    return [...before, ...(await this.#more())];
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  /** Opens the file that has the name now; gives what the former one still had. */
  async #fresh(): Promise<string[]> {
    const next = await open(this.path, 'r').catch(() => null);
    if (!next) return [];
    const [here, there] = [await this.#file?.stat(), await next.stat()];
    if (here?.ino === there.ino && there.size >= this.#position) {
      await next.close();
      return [];
    }
    const first = this.#file === null;
    const last = here && here.ino !== there.ino ? await this.#more() : [];
    await this.#file?.close();
    this.#file = next;
    this.#position = first ? Math.max(0, there.size - tailBytes) : 0;
    this.#rest = '';
    this.#decoder = new StringDecoder('utf8');
    return last;
  }

  async #more(): Promise<string[]> {
    const buffer = Buffer.alloc(64 * 1024);
    const lines: string[] = [];
    for (;;) {
      const { bytesRead = 0 } = (await this.#file?.read(buffer, 0, buffer.length, this.#position)) ?? {};
      if (bytesRead === 0) return lines;
      this.#position += bytesRead;
      const pieces = (this.#rest + this.#decoder.write(buffer.subarray(0, bytesRead))).split('\n');
      this.#rest = pieces.pop() ?? '';
      lines.push(...pieces.filter((line) => line.trim() !== ''));
    }
  }
}

/** The newest lines of a log as they are now; empty where there is none. */
export async function lastLines(path: string, count: number): Promise<string[]> {
  const tail = new Tail(path);
  try {
    return count > 0 ? (await tail.read()).slice(-count) : [];
  } finally {
    await tail.close();
  }
}

/** The newest lines first, then each batch of new ones, until the signal aborts. The file need not be there yet. */
export async function* followLog(
  path: string,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<OwnLogLine[], undefined> {
  // There may be nothing yet, but it must be seen when it comes.
  openFolder(dirname(path));
  const tail = new Tail(path);
  const change = new FileChange(path, signal);
  try {
    const known = await tail.read();
    yield (count > 0 ? known.slice(-count) : []).map(readLine);
    while (!signal.aborted) {
      await change.next();
      const lines = await tail.read();
      if (lines.length > 0) yield lines.map(readLine);
    }
  } finally {
    change.close();
    await tail.close();
  }
}
