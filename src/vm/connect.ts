import { connect, type Socket, type TcpNetConnectOpts } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/**
 * Connects to a unix socket or named pipe by its path, or to a TCP port. Rejects with the system's error, or with the
 * signal's reason.
 */
export function connectTo(place: string | TcpNetConnectOpts, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = typeof place === 'string' ? connect(place) : connect(place);
    const stop = () => {
      socket.destroy();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    const fail = (error: Error) => {
      signal?.removeEventListener('abort', stop);
      reject(error);
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      signal?.removeEventListener('abort', stop);
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

/** Not there, or bound and not (or no longer) listened on. */
const absent = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET'];

/** QEMU serves one connection at a time and lets few wait; it sees a moment later that one has ended. */
const busy = 'EAGAIN';

/** No event tells that a socket which was just bound is listened on, nor that a place in its queue is free. */
const againMs = 20;

const systemError = z.object({ code: z.string() });

async function connectAgain(path: string, codes: string[], signal: AbortSignal): Promise<Socket> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await connectTo(path, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!codes.includes(systemError.safeParse(error).data?.code ?? '')) throw error;
      // Aborted: the loop's beginning says so, with the signal's reason.
      await pause(againMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Waits for someone to listen, until the signal aborts. */
export function connectWhenThere(path: string, signal: AbortSignal): Promise<Socket> {
  return connectAgain(path, [...absent, busy], signal);
}

/** Null when nobody listens. */
export async function connectIfThere(path: string, signal: AbortSignal): Promise<Socket | null> {
  try {
    return await connectAgain(path, [busy], signal);
  } catch (error) {
    if (absent.includes(systemError.safeParse(error).data?.code ?? '')) return null;
    throw error;
  }
}
