// Fetching for updates, of which no wait is without an end. electron-updater's own way to the network neither ends a
// request that is cancelled nor one that hangs (electronHttpExecutor.js in 6.8), and names each user by a number.
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { DigestTransform } from 'builder-util-runtime';
import { ProblemError } from '#contract/problem';
import { forgedFile, refusedAnswer, stalled, wrongLength } from './problems';

/** `fetch` of Node, or of an Electron session, which knows the system's proxies. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** How long nothing may come, in ms. */
const silenceMs = 30_000;
/** A feed is some kilobytes. */
const longestText = 256 * 1024;

/** Nothing in it tells one user from another. */
const request = { headers: { 'User-Agent': 'Gantry' }, credentials: 'omit', cache: 'no-store' } as const;

async function get(fetch: Fetch, address: string, signal: AbortSignal) {
  const { host } = new URL(address);
  const silence = new AbortController();
  const limit = setTimeout(() => silence.abort(stalled(host, silenceMs / 1000)), silenceMs);
  const both = AbortSignal.any([signal, silence.signal]);
  try {
    const answer = await fetch(address, { ...request, signal: both });
    if (!answer.ok || !answer.body) throw refusedAnswer(host, answer.status);
    const body = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
    body.once('close', () => clearTimeout(limit));
    return { body, both, heard: () => limit.refresh() };
  } catch (error) {
    clearTimeout(limit);
    throw both.aborted ? both.reason : error;
  }
}

/** The bytes of a small file. */
export async function fetchBytes(fetch: Fetch, address: string, signal: AbortSignal): Promise<Buffer> {
  const { body, both, heard } = await get(fetch, address, signal);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      heard();
      chunks.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > longestText) throw new Error(`${address} is longer than ${longestText} bytes`);
    }
  } catch (error) {
    throw both.aborted ? both.reason : error;
  }
  return Buffer.concat(chunks);
}

export interface WantedFile {
  address: string;
  version: string;
  /** Bytes. */
  size: number;
  /** In base64. */
  sha512: string;
}

/** Writes a file that must have this length and checksum; what is written of any other is the caller's to remove. */
export async function fetchFile(
  fetch: Fetch,
  { address, version, size, sha512 }: WantedFile,
  destination: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { body, both, heard } = await get(fetch, address, signal);
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      heard();
      bytes += chunk.length;
      onBytes(bytes);
      done(bytes > size ? wrongLength(version, size, 'more came') : null, chunk);
    },
    flush: (done) => done(bytes < size ? wrongLength(version, size, `${bytes} came`) : null),
  });
  try {
    await pipeline(body, count, new DigestTransform(sha512), createWriteStream(destination, { mode: 0o600 }));
  } catch (error) {
    if (both.aborted) throw both.reason;
    if (error instanceof ProblemError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ERR_CHECKSUM_MISMATCH')
      throw forgedFile(version);
    // The server closed before the end that it had announced.
    if (bytes > 0 && bytes < size) throw wrongLength(version, size, `only ${bytes} came`);
    throw error;
  }
}
