import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { connectTo } from './connect';
import { migrationEnd, reportMigration } from './migration';
import { nothing, type Qmp } from './qmp';
import { checkState, streamStart } from './state-file';
import { findZstd, throughZstd } from './zstd';

/** A state that a machine started with `-incoming defer` can load. */
export interface ReadyState {
  incoming: 'defer';
  file: string;
  packed: 'zstd' | 'none';
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
  // It may be installed again.
  if (state.packed === 'zstd' && !(await findZstd())) return { cold: 'the program zstd is no longer there' };
  return { incoming: 'defer', file, packed: state.packed };
}

/**
 * Loads a state into a machine that waits for it, and deletes the file. The guest is then stopped as it was when it
 * was suspended; the caller raises the disk's generation and only then lets it run (`cont`). Rejects when QEMU does
 * not take the state; then the machine is of no use.
 */
export async function loadState(load: {
  qmp: Qmp;
  state: ReadyState;
  socket: string;
  signal: AbortSignal;
}): Promise<void> {
  const { qmp, state, socket: path, signal } = load;
  try {
    await rm(path, { force: true });
    await reportMigration(qmp, signal);
    await qmp.execute('migrate-incoming', { uri: `unix:${path}` }, nothing, signal);
    const ended = migrationEnd(qmp, signal);
    const socket = await connectTo(path, signal);
    const closed = once(socket, 'close', { signal });
    // Both are awaited below; an earlier failure must not leave them unheard.
    for (const one of [ended, closed]) one.catch(() => undefined);
    socket.resume();
    const from = createReadStream(state.file, { start: streamStart });
    const zstd = state.packed === 'zstd' ? await findZstd() : null;
    if (zstd) await throughZstd(zstd, 'unpack', { from, to: socket, signal });
    else await pipeline(from, socket, { signal });
    await Promise.all([ended, closed]);
  } finally {
    await Promise.all([rm(state.file, { force: true }), rm(path, { force: true })]);
  }
}
