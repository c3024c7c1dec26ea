import { createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { readLine } from './link/line';
import type { Link } from './link/link';
import { listenPrivately } from './private-socket';

/** The first line of a connection: which program to run in the guest, as root. */
export const shellRequest = z.object({
  argv: z.array(z.string()).min(1),
  tty: z.object({ columns: z.number().int().positive(), rows: z.number().int().positive() }).nullable(),
});
export type ShellRequest = z.infer<typeof shellRequest>;

export interface ShellDoor {
  /** Programs that run. */
  readonly calls: number;
  close(): Promise<void>;
}

/**
 * Lets the command line run programs in the guest: each connection is one, in the frames of the link's service `run`.
 * Its socket is in a folder of the user's alone, and whoever can open it can do the same by the engine's socket.
 */
export async function openShellDoor(
  path: string,
  reach: (signal: AbortSignal) => Promise<Link>,
): Promise<ShellDoor> {
  const clients = new Set<Socket>();
  const serve = async (client: Socket) => {
    const gone = new AbortController();
    client.once('close', () => gone.abort());
    const { argv, tty } = shellRequest.parse(JSON.parse(await readLine(client)));
    const stream = (await reach(gone.signal)).open({ service: 'run', argv, tty });
    await Promise.all([pipeline(client, stream), pipeline(stream, client)]);
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    serve(client).catch(() => client.destroy());
  });
  await listenPrivately(server, path);
  return {
    get calls() {
      return clients.size;
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
