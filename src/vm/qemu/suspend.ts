import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { addAbortSignal, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { guestMemory, readMemory } from './guest-memory';
import { migrationEnd, prepareMigration } from './migration';
import { nothing, type Qmp } from './qmp';
import { framesStart, type StateHeader, writeHeader } from './state-file';
import { frameParts } from './state-frames';

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
 * @param suspend `socket` is where QEMU hands over the state; it vanishes again. `pid` is QEMU's
 */
export async function suspendTo(suspend: {
  qmp: Qmp;
  pid: number;
  file: string;
  socket: string;
  binding: string;
  signal: AbortSignal;
}): Promise<void> {
  const { qmp, file, signal } = suspend;
  const part = `${file}.new`;
  await qmp.execute('stop', {}, nothing, signal);
  try {
    const memory = await guestMemory(suspend.pid);
    await writeFile(part, '', { mode: 0o600 });
    const stream = await handOver(qmp, { path: suspend.socket, memoryApart: memory !== null }, signal);
    const stored = await store(framesOf(memory, stream, signal), part, signal);
    const output = await open(part, 'r+');
    try {
      await writeHeader(output, { binding: suspend.binding, memoryApart: memory !== null, ...stored });
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

/**
 * Has QEMU hand over the guest's state. The memory is read only after this has ended, when nothing changes it any
 * more; so what QEMU says is kept meanwhile, unless the memory is in it.
 */
async function handOver(
  qmp: Qmp,
  way: { path: string; memoryApart: boolean },
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const server = createServer({ pauseOnConnect: true });
  await rm(way.path, { force: true });
  server.listen(way.path);
  try {
    await once(server, 'listening', { signal });
    // This and the next one are awaited below; an earlier failure must not leave them unheard.
    // Also one that comes when nobody waits any more: it would hold QEMU up.
    server.on('connection', (socket) => {
      // Who reads from it hears of it, too.
      socket.on('error', () => undefined);
      addAbortSignal(signal, socket);
    });
    const connected = once(server, 'connection', { signal });
    connected.catch(() => undefined);
    await prepareMigration(qmp, way.memoryApart, signal);
    // Bytes per second; the default of 128 MiB/s is meant for networks.
    await qmp.execute('migrate-set-parameters', { 'max-bandwidth': 10 ** 11 }, nothing, signal);
    const ended = migrationEnd(qmp, signal);
    ended.catch(() => undefined);
    await qmp.execute('migrate', { uri: `unix:${way.path}` }, nothing, signal);
    const [socket] = await connected;
    if (!(socket instanceof Socket)) throw new Error('Something else than QEMU connected');
    if (!way.memoryApart) return untilEnd(socket, ended);
    const kept: Buffer[] = await socket.toArray({ signal });
    await ended;
    return Readable.from(kept);
  } finally {
    server.close();
  }
}

async function* untilEnd(stream: AsyncIterable<Buffer>, ended: Promise<void>): AsyncGenerator<Buffer> {
  yield* stream;
  await ended;
}

async function* framesOf(
  memory: string | null,
  stream: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  if (memory !== null) {
    for await (const piece of readMemory(memory, signal)) yield* frameParts({ kind: 'memory', ...piece });
  }
  for await (const bytes of stream) yield* frameParts({ kind: 'stream', bytes });
}

type Stored = Pick<StateHeader, 'bytes' | 'crc32'>;

/** Not compressed: that would make a resume, for which someone waits, twice as long. */
async function store(frames: AsyncIterable<Buffer>, file: string, signal: AbortSignal): Promise<Stored> {
  const sum = { bytes: 0, crc32: 0 };
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum.bytes += chunk.length;
      sum.crc32 = crc32(chunk, sum.crc32);
      done(null, chunk);
    },
  });
  // A stream of its own: a file handle that lent itself to one never closes (Node 20).
  const to = createWriteStream(file, { flags: 'r+', start: framesStart });
  await pipeline(frames, counting, to, { signal });
  return sum;
}

/** How long QEMU gets to give up a hand-over. */
const cancelMs = 5000;

/** Ends a hand-over that failed, and lets the guest run again. */
async function goOn(qmp: Qmp): Promise<void> {
  try {
    await cancel(qmp, timeLimit(cancelMs)).catch(() => undefined);
    await qmp.execute('cont', {}, nothing, timeLimit(cancelMs));
  } catch {
    // QEMU is gone or does not answer, which the owner of its process sees.
  }
}

async function cancel(qmp: Qmp, signal: AbortSignal): Promise<void> {
  const status = z.object({ status: z.string().optional() });
  const ended = migrationEnd(qmp, signal).catch(() => undefined);
  await qmp.execute('migrate_cancel', {}, nothing, signal);
  const { status: now } = await qmp.execute('query-migrate', {}, status, signal);
  if (now === 'active' || now === 'cancelling' || now === 'setup') await ended;
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
