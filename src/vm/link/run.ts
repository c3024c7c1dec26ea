import { type Duplex, PassThrough, type Readable, Writable } from 'node:stream';
import type { TerminalSize } from './services';

/** One byte kind, four bytes length (big-endian), the content. The same numbers as in src/guest/agent/run.go. */
const kind = { stdin: 0, stdout: 1, stderr: 2, exit: 3, resize: 4, stdinEnd: 5 } as const;
const headerBytes = 5;

/** A program that runs in the guest. */
export interface GuestProgram {
  /** Ending it ends the program's input. */
  stdin: Writable;
  /** On a terminal, everything that the program prints. */
  stdout: Readable;
  stderr: Readable;
  /** Its exit code, 127 when it could not be started, 128 and more when a signal ended it. Rejects with the link. */
  exited: Promise<number>;
  resize(size: TerminalSize): void;
}

function frame(type: number, content: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes + content.length);
  bytes[0] = type;
  bytes.writeUInt32BE(content.length, 1);
  content.copy(bytes, headerBytes);
  return bytes;
}

/** Cuts a stream into parts of frames: content is passed on as it comes. */
async function* frames(stream: Readable): AsyncGenerator<{ type: number; piece: Buffer }> {
  let rest = Buffer.alloc(0);
  let type = 0;
  let left = 0;
  for await (const chunk of stream) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    while (left > 0 ? rest.length > 0 : rest.length >= headerBytes) {
      if (left === 0) {
        type = rest.readUInt8(0);
        left = rest.readUInt32BE(1);
        rest = rest.subarray(headerBytes);
        continue;
      }
      const piece = rest.subarray(0, left);
      left -= piece.length;
      rest = rest.subarray(piece.length);
      yield { type, piece };
    }
  }
}

/** Speaks with a program that the agent has been asked to run on `stream`. */
export function followProgram(stream: Duplex, signal: AbortSignal): GuestProgram {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = new Writable({
    write: (chunk: Buffer, _encoding, done) => stream.write(frame(kind.stdin, chunk), done),
    final: (done) => stream.write(frame(kind.stdinEnd, Buffer.alloc(0)), done),
  });
  const abort = (): void => {
    stream.destroy(new Error('The program in the guest was given up.', { cause: signal.reason }));
  };
  // `exited` tells how all of them ended; an error that nobody listens for would end this process.
  for (const end of [stdin, stdout, stderr, stream]) end.on('error', () => {});
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  const exited = readOutput(stream, stdout, stderr).finally(() => {
    signal.removeEventListener('abort', abort);
    stream.destroy();
    stdin.destroy();
  });
  // Its failure is also that of the output.
  exited.catch(() => {});
  return {
    stdin,
    stdout,
    stderr,
    exited,
    resize: (size) => void stream.write(frame(kind.resize, Buffer.from(JSON.stringify(size)))),
  };
}

/** Waits for the reader; one that has gone, or the end of the link, is no reason to wait. */
async function write(to: PassThrough, piece: Buffer, stream: Duplex): Promise<void> {
  if (to.destroyed || to.write(piece)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      to.off('drain', go).off('close', go);
      stream.off('close', go);
      resolve();
    };
    to.on('drain', go).on('close', go);
    stream.on('close', go);
  });
}

async function readOutput(stream: Duplex, stdout: PassThrough, stderr: PassThrough): Promise<number> {
  let code = '';
  try {
    for await (const { type, piece } of frames(stream)) {
      if (type === kind.exit) code += piece.toString();
      else await write(type === kind.stderr ? stderr : stdout, piece, stream);
    }
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    stdout.destroy(reason);
    stderr.destroy(reason);
    throw reason;
  }
  stdout.end();
  stderr.end();
  if (!/^\d+$/.test(code)) throw new Error('The guest did not say how the program ended.');
  return Number(code);
}
