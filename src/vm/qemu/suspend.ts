import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { migrationEnd, reportMigration } from './migration';
import { nothing, type Qmp } from './qmp';
import { type StateHeader, streamStart, writeHeader } from './state-file';
import { findZstd, throughZstd } from './zstd';

/** What a suspended state depends on: with another one of these it must not be loaded. */
export interface StateBasis {
  qemuVersion: string;
  /** Of the machine as it is resumed, without `-incoming`. */
  args: string[];
  imageId: string;
  /** Rises with every start of a machine with the disk. */
  diskGeneration: number;
}

export function stateBinding({ qemuVersion, args, imageId, diskGeneration }: StateBasis): string {
  return createHash('sha256')
    .update(JSON.stringify([qemuVersion, args, imageId, diskGeneration]))
    .digest('hex');
}

/**
 * Freezes the guest into a file and leaves it stopped, so that the caller ends QEMU. When that fails, the guest goes
 * on and nothing is left of the file; the rejection is a problem for the user.
 * @param suspend `socket` is where QEMU hands over the state; it vanishes again
 */
export async function suspendTo(suspend: {
  qmp: Qmp;
  file: string;
  socket: string;
  binding: string;
  signal: AbortSignal;
}): Promise<void> {
  const { qmp, file, signal } = suspend;
  const part = `${file}.new`;
  await qmp.execute('stop', {}, nothing, signal);
  try {
    await writeFile(part, '', { mode: 0o600 });
    const stream = await receive(qmp, suspend.socket, part, signal);
    const output = await open(part, 'r+');
    try {
      await writeHeader(output, { binding: suspend.binding, ...stream });
      await output.sync();
    } finally {
      await output.close();
    }
    await rename(part, file);
  } catch (error) {
    await goOn(qmp);
    await rm(part, { force: true });
    throw suspendProblem(error);
  }
}

type Stream = Pick<StateHeader, 'packed' | 'bytes' | 'crc32'>;

/** Has QEMU write the guest's state into a file, behind the room for its header. */
async function receive(qmp: Qmp, path: string, file: string, signal: AbortSignal): Promise<Stream> {
  const server = createServer({ pauseOnConnect: true });
  await rm(path, { force: true });
  server.listen(path);
  try {
    await once(server, 'listening', { signal });
    const connected = once(server, 'connection', { signal });
    await reportMigration(qmp, signal);
    // Bytes per second; the default of 128 MiB/s is meant for networks.
    await qmp.execute('migrate-set-parameters', { 'max-bandwidth': 10 ** 11 }, nothing, signal);
    const ended = migrationEnd(qmp, signal);
    // Awaited below; an earlier failure must not leave it unheard.
    ended.catch(() => undefined);
    await qmp.execute('migrate', { uri: `unix:${path}` }, nothing, signal);
    const [socket] = await connected;
    if (!(socket instanceof Socket)) throw new Error('Something else than QEMU connected');
    const stream = await store(socket, file, signal);
    await ended;
    return stream;
  } finally {
    server.close();
  }
}

async function store(from: Readable, file: string, signal: AbortSignal): Promise<Stream> {
  const sum = { bytes: 0, crc32: 0 };
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum.bytes += chunk.length;
      sum.crc32 = crc32(chunk, sum.crc32);
      done(null, chunk);
    },
  });
  // A stream of its own: a file handle that lent itself to one never closes (Node 20).
  const stored = pipeline(counting, createWriteStream(file, { flags: 'r+', start: streamStart }), { signal });
  const zstd = await findZstd();
  const read = zstd
    ? throughZstd(zstd, 'pack', { from, to: counting, signal })
    : pipeline(from, counting, { signal });
  await Promise.all([read, stored]);
  return { packed: zstd ? 'zstd' : 'none', ...sum };
}

/** How long QEMU gets to give up a hand-over. */
const cancelMs = 5000;

/** Ends a hand-over that failed, and lets the guest run again. */
async function goOn(qmp: Qmp): Promise<void> {
  const signal = AbortSignal.timeout(cancelMs);
  const status = z.object({ status: z.string().optional() });
  try {
    const ended = migrationEnd(qmp, signal).catch(() => undefined);
    await qmp.execute('migrate_cancel', {}, nothing, signal);
    const { status: now } = await qmp.execute('query-migrate', {}, status, signal);
    if (now === 'active' || now === 'cancelling' || now === 'setup') await ended;
    await qmp.execute('cont', {}, nothing, signal);
  } catch {
    // QEMU is gone or does not answer, which the owner of its process sees.
  }
}

function suspendProblem(error: unknown): Error {
  const code = z.object({ code: z.string() }).safeParse(error).data?.code;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new ProblemError({
    code: full ? 'vm-suspend-disk-full' : 'vm-suspend-failed',
    title: 'The VM could not be suspended',
    explanation: full
      ? 'There is not enough room on this computer for what the VM has in memory. It goes on running.'
      : 'Its state could not be saved. It goes on running.',
    actions: [{ kind: 'retry', label: 'Try again' }],
    detail: error instanceof Error ? error.message : String(error),
  });
}
