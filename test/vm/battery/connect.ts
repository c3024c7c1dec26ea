import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * Connects, sends, ends its own half and gives all that comes until the other side ends.
 * @throws Error when nothing answers at the port
 */
export async function exchange(host: string, port: number, message: Buffer): Promise<Buffer> {
  const socket = connect({ host, port, allowHalfOpen: true });
  try {
    await once(socket, 'connect');
    const answer = buffer(socket);
    socket.end(message);
    return await answer;
  } finally {
    socket.destroy();
  }
}

/** Sends a datagram and gives the first one that comes back, or null after this time. */
export async function exchangeDatagram(
  host: string,
  port: number,
  message: Buffer,
  limitMs: number,
): Promise<Buffer | null> {
  const socket = createSocket('udp4');
  try {
    return await new Promise((resolve, reject) => {
      const limit = setTimeout(() => resolve(null), limitMs);
      socket.once('message', (answer) => {
        clearTimeout(limit);
        resolve(answer);
      });
      // Nothing listens yet.
      socket.once('error', (error) => {
        clearTimeout(limit);
        reject(error);
      });
      socket.connect(port, host, () => socket.send(message));
    });
  } finally {
    socket.close();
  }
}
