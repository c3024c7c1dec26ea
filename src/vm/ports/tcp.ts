import { createServer, type Socket } from 'node:net';
import { join, reset } from '../link/join';
import { familyOf } from './addresses';
import type { Listener, ListenOptions } from './listener';

/** Relays TCP connections. @throws Error with the system's code if the address cannot be listened on */
export async function listenTcp({ address, port, dial, target }: ListenOptions): Promise<Listener> {
  const clients = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    try {
      join(client, dial('tcp', target()));
    } catch {
      // There is no link at this moment: as a computer answers whose program has just ended.
      client.on('error', () => {});
      reset(client);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, ipv6Only: familyOf(address) === 6 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    address,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const client of clients) reset(client);
      await closed;
    },
  };
}
