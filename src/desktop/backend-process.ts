// The backend's process: everything that knows the engine lives here, not in Electron's main process.
import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import { createBackend } from '#backend/index';
import { PortSocket } from './port-socket';

const [, , dataFolder] = process.argv;
if (!dataFolder) throw new Error('The data folder is missing');

const backend = createBackend(dataFolder, { app: true });
// The window's program sees this one end, writes the report, which has the log's last lines, and starts it again.
process.once('uncaughtException', (error) => {
  backend.noteCrash(error);
  process.exit(1);
});
const handler = new RPCHandler(backend.router);

process.parentPort.on('message', ({ data, ports }) => {
  if (data?.type === 'port' && ports[0]) {
    // The handler uses the events `message` and `close` alone, with nothing of them but `data`.
    const socket = new PortSocket(ports[0]) as unknown as Pick<WebSocket, 'addEventListener' | 'send'>;
    void handler.upgrade(socket);
    ports[0].start();
  } else if (data?.type === 'close') {
    void backend.close({ goesOn: data.goesOn === true }).finally(() => process.exit());
  }
});
