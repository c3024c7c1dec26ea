import { request as httpRequest, type IncomingMessage } from 'node:http';
import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';

/** Waits for something of a socket. An abort closes the socket, and with it all that it carries. */
export function waitFor<T>(
  socket: Socket,
  signal: AbortSignal,
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> {
  let stop: () => void = () => undefined;
  const ended = new Promise<T>((resolve, reject) => {
    stop = () => {
      socket.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else begin(resolve, reject);
  });
  return ended.finally(() => signal.removeEventListener('abort', stop));
}

/** One that breaks between two steps is found broken by the next. */
const unheard = () => undefined;

/** @param address an IPv4 address */
export function openConnection(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  const socket = tcpConnect({ host: address, port });
  socket.on('error', unheard);
  return waitFor(socket, signal, (resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Encrypts a connection. Whether the certificate is trusted is in `authorized`; nothing is sent before that is asked. */
export function encrypt(
  socket: Socket,
  { hostname, ca }: { hostname: string; ca: readonly string[] },
  signal: AbortSignal,
): Promise<TLSSocket> {
  const secured = tlsConnect({
    socket,
    host: hostname,
    // Addresses cannot be asked for by name.
    ...(isIP(hostname) ? {} : { servername: hostname }),
    ca: [...ca],
    // So that a certificate that is not trusted can be named.
    rejectUnauthorized: false,
  });
  secured.on('error', unheard);
  return waitFor(secured, signal, (resolve, reject) => {
    secured.once('secureConnect', () => resolve(secured));
    secured.once('error', reject);
  });
}

/** Asks the proxy at the other end for a way to `authority` (host:port). Gives its answer, whatever it is. */
export function askForTunnel(
  socket: Socket,
  { authority, credentials }: { authority: string; credentials: { name: string; password: string } | null },
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secret = credentials && Buffer.from(`${credentials.name}:${credentials.password}`).toString('base64');
  const request = httpRequest({
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...(secret ? { 'proxy-authorization': `Basic ${secret}` } : {}) },
    createConnection: () => socket,
  });
  return waitFor(socket, signal, (resolve, reject) => {
    // Node calls it so for every answer to CONNECT.
    request.once('connect', (answer, _socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve(answer);
    });
    request.on('error', reject);
    request.end();
  });
}

/** Asks the server at the other end for a page; gives the status of its answer. */
export function askForStatus(
  socket: Socket,
  { url, userAgent }: { url: URL; userAgent: string },
  signal: AbortSignal,
): Promise<number> {
  const request = httpRequest({
    path: url.pathname,
    headers: { host: url.host, 'user-agent': userAgent },
    createConnection: () => socket,
  });
  return waitFor(socket, signal, (resolve, reject) => {
    request.once('response', (answer) => {
      answer.on('error', unheard);
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });
}
