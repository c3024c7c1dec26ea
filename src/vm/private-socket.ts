import { rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { connectTo } from './connect';

/**
 * Listens on a unix socket that is its owner's alone (0600) from its first moment on, or on a named pipe. A socket that
 * a dead owner left is replaced.
 * @throws Error if another program listens there, or the path is not possible
 */
export async function listenPrivately(server: Server, path: string): Promise<void> {
  try {
    await listen(server, path);
  } catch (error) {
    if (!isTaken(error) || (await answers(path))) throw error;
    await rm(path, { force: true });
    await listen(server, path);
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** Whether anybody accepts connections there. */
async function answers(path: string): Promise<boolean> {
  try {
    (await connectTo(path)).destroy();
    return true;
  } catch {
    return false;
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The system call is made before `listen` returns, so that the mask is there for nothing else.
    const mask = process.umask(0o177);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
    process.umask(mask);
  });
}
