import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { openDen } from '../harness/den';

/** A second socket of an engine which counts the requests that pass through it. */
export interface CountingDoor extends AsyncDisposable {
  host: string;
  /** Request lines seen so far: `GET /v1.41/events?…`. */
  requests: string[];
}

const requestLine = /^(?:GET|POST|PUT|DELETE|HEAD) \S+ HTTP\/1\.1\r?$/gm;

export async function openCountingDoor(engineSocket: string): Promise<CountingDoor> {
  const den = openDen();
  const path = join(den.folder, 'door.sock');
  const requests: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((caller) => {
    const engine = connect(engineSocket);
    for (const [from, to] of [
      [caller, engine],
      [engine, caller],
    ] as const) {
      open.add(from);
      from.once('close', () => {
        open.delete(from);
        to.destroy();
      });
      // A cut connection is told by 'close'.
      from.on('error', () => undefined);
      from.pipe(to);
    }
    caller.on('data', (chunk: Buffer) => {
      for (const [line] of chunk.toString('latin1').matchAll(requestLine)) requests.push(line.trim());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    host: `unix://${path}`,
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await den.close();
    },
  };
}
