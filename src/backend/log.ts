import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
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

/** Appends to a file. Written at once, so that the last words before a crash are there. */
class RollingFile {
  #file: number;
  #size: number;

  constructor(private readonly path: string) {
    this.#file = openSync(path, 'a', 0o600);
    this.#size = fstatSync(this.#file).size;
  }

  write(line: string): void {
    if (this.#size > limitBytes) this.#roll();
    this.#size += writeSync(this.#file, line);
  }

  close(): void {
    closeSync(this.#file);
  }

  #roll(): void {
    closeSync(this.#file);
    renameSync(this.path, `${this.path}.1`);
    this.#file = openSync(this.path, 'a', 0o600);
    this.#size = 0;
  }
}

const wordsOf = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { message: String(error) };

/** Gantry's own log: one JSON line per entry in `logs/gantry.log`. */
export function openLog(folder: string): Logger & { end(): void } {
  const file = new RollingFile(join(openFolder(join(folder, 'logs')), 'gantry.log'));
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
