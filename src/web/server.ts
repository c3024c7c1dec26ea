import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { Backend } from '#backend/index';
import { readPageFile } from '#backend/page-files';
import { pageHeaders } from '#backend/page-policy';
import { Admission } from './admission';
import { patientSocket } from './slow-reader';

/** The largest message a page may send: a pasted `.env` is the largest thing it has to say. */
const maxMessageBytes = 4_000_000;

export interface WebServer {
  /** With the one-time token. */
  address: string;
  close(): Promise<void>;
}

const refused = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gantry</title>
<h1>This address was used already</h1>
<p>Each address that <code>gantry serve</code> prints opens one browser. Start <code>gantry serve</code> again for a new one.</p>`;

function answer(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  cache = 'no-store',
) {
  response.writeHead(status, { ...pageHeaders, 'Content-Type': type, 'Cache-Control': cache });
  response.end(body);
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  admission: Admission,
  folder: string,
) {
  if (!admission.isLocalHost(request) || !admission.isOwnOrigin(request, false)) {
    return answer(response, 403, 'text/plain', 'Gantry answers only to its own page on this computer.');
  }
  if (request.method !== 'GET') return answer(response, 405, 'text/plain', 'Only GET');
  const url = new URL(`http://gantry${request.url}`);
  const token = url.searchParams.get('token');
  if (url.pathname === '/' && token !== null) {
    const cookie = admission.redeem(token);
    if (cookie) {
      // The token leaves the address bar and the history.
      response.writeHead(303, {
        ...pageHeaders,
        Location: '/',
        'Set-Cookie': cookie,
        'Cache-Control': 'no-store',
      });
      return response.end();
    }
    if (admission.hasCookie(request)) {
      response.writeHead(303, { ...pageHeaders, Location: '/', 'Cache-Control': 'no-store' });
      return response.end();
    }
  }
  if (!admission.hasCookie(request)) return answer(response, 401, 'text/html; charset=utf-8', refused);
  const file = await readPageFile(folder, url.pathname);
  if (!file) return answer(response, 404, 'text/plain', 'Not here');
  const cache = file.immutable ? 'private, max-age=31536000, immutable' : 'no-store';
  return answer(response, 200, file.type, file.content, cache);
}

function refuse(socket: Duplex): void {
  // Whoever is refused may be gone already.
  socket.on('error', () => socket.destroy());
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy());
}

/**
 * The same app in a browser: the page and a WebSocket to the backend, on loopback only.
 * @param port 0 lets the system choose
 */
export async function serve(
  backend: Backend,
  options: { port: number; pageFolder: string },
): Promise<WebServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server listens on no port');
  const admission = new Admission(address.port);
  const handler = new RPCHandler(backend.router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });

  server.on('request', (request, response) => {
    handle(request, response, admission, options.pageFolder).catch(() => {
      if (!response.headersSent) answer(response, 500, 'text/plain', 'Gantry could not answer that');
    });
  });
  server.on('upgrade', (request, socket, head) => {
    const admitted =
      request.url === '/rpc' &&
      admission.isLocalHost(request) &&
      admission.isOwnOrigin(request, true) &&
      admission.hasCookie(request);
    if (!admitted) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      void handler.upgrade(patientSocket(webSocket));
    });
  });
  return {
    address: admission.address,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
