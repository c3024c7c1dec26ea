import { closeSync, fstatSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pino, { type Logger } from 'pino';
import { openFolder } from './folders';

/** A log file is put aside at this size; one older file is kept. */
const limitBytes = 2_000_000;

/** Names of values that must not reach a log file, at any depth that Gantry logs. */
const secrets = ['password', 'token', 'env', 'Env', 'auth', 'authconfig', 'credentials'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/**
 * Appends to a file. Written at once, so that the last words before a crash are there. Where nothing can be written, as
 * on a full disk, lines are left out, and the next one that can be says how many.
 */
class RollingFile {
  #file: number | null = null;
  #size = 0;
  #leftOut = 0;

  constructor(private readonly path: string) {
    try {
      this.#open();
    } catch {
      // With the first line it is tried again.
    }
  }

  write(line: string): void {
    try {
      if (this.#size > limitBytes) this.#roll();
      this.#append(this.#leftOut > 0 ? this.#gap() + line : line);
      this.#leftOut = 0;
    } catch {
      this.#leftOut += 1;
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #gap(): string {
    return `${JSON.stringify({ level: 40, time: Date.now(), msg: 'Lines could not be written here', lines: this.#leftOut })}\n`;
  }

  #open(): number {
    openFolder(dirname(this.path));
    const file = openSync(this.path, 'a', 0o600);
    this.#file = file;
    this.#size = fstatSync(file).size;
    return file;
  }

  /** All of it or nothing: a disk that gets full takes a part. */
  #append(text: string): void {
    const file = this.#file ?? this.#open();
    const bytes = Buffer.from(text);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(file, bytes, written);
    } catch (error) {
      ftruncateSync(file, this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  #roll(): void {
    this.close();
    renameSync(this.path, `${this.path}.1`);
    this.#open();
  }
}

const wordsOf = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { message: String(error) };

/** Gantry's own log: one JSON line per entry in `logs/gantry.log`. */
export function openLog(folder: string): Logger & { end(): void } {
  const file = new RollingFile(join(folder, 'logs', 'gantry.log'));
  const logger = pino(
    {
      base: null,
      redact: { paths: secrets, censor: '[hidden]' },
      // Only the words of an error: what else hangs on it may be a whole request.
      serializers: { err: wordsOf },
    },
    file,
  );
  let open = true;
  return Object.assign(logger, {
    end: () => {
      if (!open) return;
      open = false;
      // What comes later has nowhere to go.
      logger.level = 'silent';
      file.close();
    },
  });
}
