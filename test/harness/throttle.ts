import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Lets bytes pass at a given rate, in slices of a twentieth of a second. */
function slowly(bytesPerSecond: number): Transform {
  const slice = Math.max(1, Math.floor(bytesPerSecond / 20));
  return new Transform({
    async transform(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length; at += slice) {
        const part = chunk.subarray(at, at + slice);
        await sleep((part.length / bytesPerSecond) * 1000);
        this.push(part);
      }
      done();
    },
  });
}

/**
 * Passes connections on to a loopback server and slows down what it answers, per connection.
 * @param target `host:port`
 */
export async function startThrottle(
  target: string,
  bytesPerSecond: number,
): Promise<{ host: string; close(): void }> {
  const [host = '', port] = target.split(':');
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      // Either side hanging up ends the connection, as it would without the throttle.
      socket.on('error', end);
    }
    client.once('close', end);
    client.pipe(upstream);
    upstream.pipe(slowly(bytesPerSecond)).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The throttle has no port');
  return {
    host: `127.0.0.1:${address.port}`,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
