// The backend's process: everything that knows the engine lives here, not in Electron's main process.
import { RPCHandler } from '@orpc/server/message-port';
import { createBackend } from '#backend/index';

const [, , dataFolder] = process.argv;
if (!dataFolder) throw new Error('The data folder is missing');

const backend = createBackend(dataFolder);
const handler = new RPCHandler(backend.router);

// A port has no back-pressure of its own: streams limit themselves, to one batch per 50 ms of bounded size.
process.parentPort.on('message', ({ data, ports }) => {
  if (data?.type === 'port' && ports[0]) {
    handler.upgrade(ports[0]);
    ports[0].start();
  } else if (data?.type === 'close') {
    void backend.close().finally(() => process.exit());
  }
});
