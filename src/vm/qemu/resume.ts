import { once } from 'node:events';
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectTo } from '../connect';
import { guestMemory } from './guest-memory';
import { migrationEnd, prepareMigration } from './migration';
import { nothing, type Qmp } from './qmp';
import { checkState, framesStart } from './state-file';
import { readFrames, type StateFrame } from './state-frames';

/** A state that a machine started with `-incoming defer` can load. */
export interface ReadyState {
  incoming: 'defer';
  file: string;
  memoryApart: boolean;
}

/**
 * Whether a suspended state can be resumed, else why the guest must boot: a part of a sentence, such as "the
 * suspended state is cut off". A state that cannot be used now never will be, and is deleted.
 * @param binding of the machine as it would be resumed
 */
export async function readState(file: string, binding: string): Promise<ReadyState | { cold: string }> {
  const state = await checkState(file, binding);
  if ('cold' in state) {
    await rm(file, { force: true });
    return state;
  }
  return { incoming: 'defer', file, memoryApart: state.memoryApart };
}

/**
 * Loads a state into a machine that waits for it, and deletes the file. The guest is then stopped as it was when it
 * was suspended; the caller raises the disk's generation and only then lets it run (`cont`). Rejects when QEMU does
 * not take the state; then the machine is of no use.
 * @param load `pid` is QEMU's
 */
export async function loadState(load: {
  qmp: Qmp;
  pid: number;
  state: ReadyState;
  socket: string;
  signal: AbortSignal;
}): Promise<void> {
  const { qmp, state, socket: path } = load;
  const over = new AbortController();
  const signal = AbortSignal.any([load.signal, over.signal]);
  try {
    await rm(path, { force: true });
    await prepareMigration(qmp, state.memoryApart, signal);
    await qmp.execute('migrate-incoming', { uri: `unix:${path}` }, nothing, signal);
    const socket = await connectTo(path, signal);
    addAbortSignal(signal, socket).resume();
    const memory = state.memoryApart ? await memoryOf(load.pid) : null;
    await Promise.all([
      migrationEnd(qmp, signal),
      once(socket, 'close', { signal }),
      pipeline(framesIn(state.file), frameTaker(memory, socket, signal), { signal }),
    ]);
  } finally {
    // When one of them failed, the others are of no use.
    over.abort();
    await Promise.all([rm(state.file, { force: true }), rm(path, { force: true })]);
  }
}

async function memoryOf(pid: number): Promise<string> {
  const memory = await guestMemory(pid);
  if (memory === null) throw new Error("QEMU's memory cannot be opened");
  return memory;
}

/** Where frames go: pieces of memory to their places, and the rest to QEMU, which then begins to load. */
function frameTaker(memory: string | null, socket: Socket, signal: AbortSignal) {
  return async (frames: AsyncIterable<StateFrame>): Promise<void> => {
    const file = memory === null ? -1 : openSync(memory, 'r+');
    try {
      for await (const frame of frames) {
        // Into memory: quicker than it would take to hand it to another thread.
        if (frame.kind === 'memory') writeSync(file, frame.bytes, 0, frame.bytes.length, frame.offset);
        else if (!socket.write(frame.bytes)) await once(socket, 'drain', { signal });
      }
    } finally {
      if (memory !== null) closeSync(file);
    }
    socket.end();
  };
}

const readBytes = 1024 ** 2;

const framesIn = (file: string): AsyncIterable<StateFrame> =>
  readFrames(createReadStream(file, { start: framesStart, highWaterMark: readBytes }));
