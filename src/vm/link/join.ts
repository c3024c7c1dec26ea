import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Connects a client's socket (made with `allowHalfOpen`) with a stream into the guest, until both have closed. The
 * end of one direction is passed on alone; an end of both by force is passed on as such.
 */
export function join(client: Socket, stream: Duplex): void {
  if (stream.destroyed) {
    client.on('error', () => {});
    reset(client);
    return;
  }
  client.pipe(stream);
  stream.pipe(client);
  stream.on('error', () => reset(client));
  stream.on('close', () => {
    if (!stream.readableEnded) reset(client);
  });
  // The error itself is of no interest; what follows it is the close.
  client.on('error', () => {});
  client.on('close', () => stream.destroy());
}

/** Ends a connection the hard way, which only TCP can show to the other side. */
export function reset(client: Socket): void {
  if (client.remoteFamily) client.resetAndDestroy();
  else client.destroy();
}
