import { openSync, renameSync, statSync } from 'node:fs';
import pino, { type Logger } from 'pino';

/** The log is put aside at this size when a keeper starts; one older file is kept. */
const limitBytes = 2_000_000;

const wordsOf = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { message: String(error) };

/** The keeper's own log, written at once, so that the last words before an end are there. */
export function openKeeperLog(path: string): Logger {
  try {
    if (statSync(path).size > limitBytes) renameSync(path, `${path}.1`);
  } catch {
    // There is none yet.
  }
  const file = pino.destination({ dest: openSync(path, 'a', 0o600), sync: true });
  return pino({ base: null, serializers: { err: wordsOf } }, file);
}
