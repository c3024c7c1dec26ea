import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/**
 * Node makes a digest on the thread that asks for it, which for 400 MB is a second in which nothing else happens. Given
 * as text, as a file of its own would be another one beside each program that this is bundled into.
 */
const program = `
const { createHash } = require('node:crypto');
const { openSync, readSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const hash = createHash('sha256');
const piece = Buffer.alloc(1 << 20);
const file = openSync(workerData, 'r');
for (let count; (count = readSync(file, piece)) > 0; ) hash.update(piece.subarray(0, count));
parentPort.postMessage(hash.digest('hex'));
`;

/**
 * SHA-256 of a file, in hexadecimal digits, made on a thread of its own. Rejects when the file cannot be read, and
 * with the signal's reason.
 */
export async function digestOf(path: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const worker = new Worker(program, { eval: true, workerData: path });
  let stop: () => void = () => undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop);
      worker.once('message', (digest) => resolve(z.string().parse(digest)));
      worker.once('error', reject);
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
