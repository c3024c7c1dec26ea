import { type FileHandle, open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { type BootStep, bootStep } from '#contract/vm';
import { FileChange } from './file-change';

/** One line of the guest's serial log. `uptime` is in seconds since the guest's kernel started. */
export type SerialLine =
  | { kind: 'step'; uptime: number; step: BootStep }
  | { kind: 'formatted'; uptime: number }
  | { kind: 'power-off'; uptime: number }
  /** The engine did not come up with its configuration, and starts without. */
  | { kind: 'config-dropped'; uptime: number; text: string }
  | { kind: 'failed'; uptime: number; step: string; reason: string; text: string }
  /** The guest's kernel gave up. */
  | { kind: 'panic'; text: string }
  | { kind: 'text'; text: string };

export function parseSerial(line: string): SerialLine {
  const text = line.trimEnd();
  // The kernel's own lines may run into the guest's when both write at once.
  const [, uptimeText, rest = ''] = /GANTRY (\d+(?:\.\d+)?) (.*)$/.exec(text) ?? [];
  if (uptimeText === undefined) {
    return /Kernel panic - not syncing/.test(text) ? { kind: 'panic', text } : { kind: 'text', text };
  }
  const uptime = Number(uptimeText);
  const [word = '', step = '', reason = '', ...words] = rest.split(' ');
  if (word === 'formatted' || word === 'power-off') return { kind: word, uptime };
  if (word === 'engine-config-dropped') {
    return { kind: 'config-dropped', uptime, text: [step, reason, ...words].join(' ') };
  }
  if (word === 'failed') return { kind: 'failed', uptime, step, reason, text: words.join(' ') };
  const known = bootStep.safeParse(word);
  return known.success ? { kind: 'step', uptime, step: known.data } : { kind: 'text', text };
}

/** A line longer than this is passed on in pieces, so that a guest cannot fill this process's memory. */
const maxLineLength = 8192;

/**
 * The lines of a serial log from its beginning, and each new one as it is written, until the signal aborts. The file
 * may not be there yet, or be emptied by a new machine.
 */
export async function* followSerial(path: string, signal: AbortSignal): AsyncIterable<SerialLine> {
  const file = await open(path, 'a+');
  const change = new FileChange(path, signal);
  try {
    const buffer = Buffer.alloc(64 * 1024);
    let decoder = new StringDecoder('utf8');
    let position = 0;
    let rest = '';
    while (!signal.aborted) {
      if ((await file.stat()).size < position) {
        position = 0;
        rest = '';
        decoder = new StringDecoder('utf8');
      }
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) {
        await change.next();
        continue;
      }
      position += bytesRead;
      const lines = (rest + decoder.write(buffer.subarray(0, bytesRead))).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > maxLineLength) {
        lines.push(rest);
        rest = '';
      }
      for (const line of lines) {
        if (signal.aborted) return;
        yield parseSerial(line);
      }
    }
  } finally {
    change.close();
    await file.close();
  }
}

/** The end of a serial log, at most so many bytes, from the beginning of a line on; empty where there is none. */
export async function lastSerial(path: string, bytes: number): Promise<string> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(size - from);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    const text = buffer.toString('utf8', 0, bytesRead);
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}
