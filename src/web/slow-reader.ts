import type { WebSocket } from 'ws';

/** A page that has this much unread gets nothing more until it has caught up. */
const fullBytes = 4_000_000;

/**
 * Holds messages back while the page does not read: sending waits until the socket's buffer has drained, so the
 * streams behind it wait too, down to the engine's connection.
 */
export function patientSocket(socket: WebSocket): Pick<WebSocket, 'addEventListener' | 'send'> {
  const addEventListener: WebSocket['addEventListener'] = socket.addEventListener.bind(socket);
  const send = (data: Parameters<WebSocket['send']>[0]): Promise<void> | undefined => {
    if (socket.bufferedAmount < fullBytes) {
      socket.send(data);
      return undefined;
    }
    // The callback comes when this message was handed to the system, after all before it.
    return new Promise((resolve) => socket.send(data, () => resolve()));
  };
  return { addEventListener, send };
}
