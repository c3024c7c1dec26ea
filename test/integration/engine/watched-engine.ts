import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Dockerode from 'dockerode';

export interface WatchedEngine {
  docker: Dockerode;
  /** Connections to the engine that carry an answer now; kept-alive idle ones are not counted. */
  busy(): number;
  close(): void;
}

/** An engine's API through a socket that counts what is open. Without keep-alive, so that open means in use. */
export async function watchEngine(socketPath: string): Promise<WatchedEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-test-watch-'));
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(socketPath);
    open.add(client);
    client.once('close', () => {
      open.delete(client);
      upstream.destroy();
    });
    client.on('error', () => client.destroy());
    upstream.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  const path = join(folder, 'engine.sock');
  server.listen(path);
  await once(server, 'listening');
  return {
    docker: new Dockerode({ socketPath: path, headers: { Connection: 'close' } }),
    busy: () => open.size,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
