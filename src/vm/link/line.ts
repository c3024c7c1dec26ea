import type { Duplex, Readable } from 'node:stream';

/** Longest line that is read, in characters. */
const longestLine = 1024 * 1024;

/**
 * Reads the first line of a stream, without its newline; what follows stays in the stream.
 * @throws Error if the stream ends or fails before, or the line is too long
 */
export function readLine(stream: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const read = (): void => {
      for (let bytes = next(stream); bytes; bytes = next(stream)) {
        const end = bytes.indexOf(10);
        parts.push(end < 0 ? bytes : bytes.subarray(0, end));
        length += bytes.length;
        if (end >= 0) {
          stop();
          if (end + 1 < bytes.length) stream.unshift(bytes.subarray(end + 1));
          resolve(Buffer.concat(parts).toString());
          return;
        }
        if (length <= longestLine) continue;
        fail(new Error('The guest sent a line without an end.'));
        return;
      }
    };
    const fail = (error: Error): void => {
      stop();
      reject(error);
    };
    const early = (): void => fail(new Error('The guest ended the stream before it had answered.'));
    const stop = (): void => {
      stream.off('readable', read).off('error', fail).off('end', early).off('close', early);
    };
    stream.on('readable', read).on('error', fail).on('end', early).on('close', early);
  });
}

function next(stream: Readable): Buffer | null {
  const bytes: unknown = stream.read();
  return Buffer.isBuffer(bytes) ? bytes : null;
}
