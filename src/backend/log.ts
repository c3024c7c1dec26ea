import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { openFolder } from './folders';

/** A log file is put aside at this size when Gantry starts; one older file is kept. */
const limitBytes = 2_000_000;

/** Names of values that must not reach a log file, at any depth that Gantry logs. */
const secrets = ['password', 'token', 'env', 'auth', 'credentials'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** Gantry's own log: one JSON line per entry in `logs/gantry.log`. */
export function openLog(folder: string): Logger & { end(): Promise<void> } {
  const path = join(openFolder(join(folder, 'logs')), 'gantry.log');
  if (existsSync(path) && statSync(path).size > limitBytes) renameSync(path, `${path}.1`);
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 });
  const logger = pino({ base: null, redact: { paths: secrets, censor: '[hidden]' } }, file);
  return Object.assign(logger, { end: () => new Promise<void>((resolve) => file.end(resolve)) });
}
