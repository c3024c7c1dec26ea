import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { join } from './link/join';
import { listenPrivately } from './private-socket';

/** `onTraffic` is called at most so often, in milliseconds. */
const trafficPauseMs = 1000;

/** The first line of a request that only watches: a list of events that goes on for ever. */
const watching = /^GET (?:\/v[\d.]+)?\/events(?:\?\S*)? HTTP\/1/;

/** So much of a request is looked at, in bytes: its line, unless it is longer. */
const lineBytes = 256;

export interface DoorOptions {
  /** A unix socket's path, or a named pipe. */
  path: string;
  /**
   * Opens a connection to the engine. Called with a client's first bytes, which wait meanwhile, however long it
   * takes; `signal` aborts when the client has gone or the door closes. `watches` says that the client only asks for
   * events. A failure is answered with its message, as an error of the engine.
   */
  connect(signal: AbortSignal, call: { watches: boolean }): Promise<Duplex>;
  /** Somebody uses the engine: bytes went either way on a connection that does not only watch. */
  onTraffic(): void;
}

/**
 * The engine's socket for every program of this user. Bytes are passed on as they are; only the first line of what
 * a client says is looked at, first of all and after each answer, to tell watching from using.
 */
export class Door {
  readonly #clients = new Set<Client>();
  #lastTraffic = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly server: Server,
    private readonly options: DoorOptions,
  ) {
    server.on('connection', (socket) => this.#enter(socket));
  }

  /** Connections. */
  get clients(): number {
    return this.#clients.size;
  }

  /** Requests that wait for their answer. One for events is none. */
  get calls(): number {
    let calls = 0;
    for (const client of this.#clients) if (client.waits) calls += 1;
    return calls;
  }

  /** Ends all connections, and removes the socket. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const client of this.#clients) client.close();
    await closed;
  }

  #enter(socket: Socket): void {
    const client = new Client(socket, this.options, () => this.#traffic());
    this.#clients.add(client);
    socket.once('close', () => this.#clients.delete(client));
  }

  #traffic(): void {
    const now = performance.now();
    if (now - this.#lastTraffic < trafficPauseMs) return;
    this.#lastTraffic = now;
    this.options.onTraffic();
  }
}

/** One connection of a program. */
class Client {
  /** It has asked and got no answer yet. */
  waits = false;
  #watches = false;
  /** What the client says next may be a new request. */
  #answered = true;
  readonly #gone = new AbortController();

  constructor(
    private readonly socket: Socket,
    private readonly options: DoorOptions,
    private readonly traffic: () => void,
  ) {
    // What went wrong with a client is the client's affair; the close follows.
    socket.on('error', () => {});
    socket.once('close', () => this.#gone.abort());
    // A client that leaves without a word.
    const leave = (): void => void socket.end();
    socket.once('end', leave);
    socket.once('data', (first) => {
      socket.off('end', leave).pause();
      this.#asked(first);
      void this.#connect(first);
    });
  }

  close(): void {
    this.#gone.abort();
    this.socket.destroy();
  }

  async #connect(first: Buffer): Promise<void> {
    const { signal } = this.#gone;
    try {
      const stream = await this.options.connect(signal, { watches: this.#watches });
      if (signal.aborted) {
        stream.destroy();
        return;
      }
      stream.write(first);
      join(this.socket, stream);
      this.socket.on('data', (bytes) => this.#asked(bytes));
      stream.on('data', () => this.#told());
    } catch (error) {
      this.#refuse(error instanceof Error ? error.message : String(error));
    }
  }

  #asked(bytes: Buffer): void {
    if (this.#answered) this.#watches = watching.test(bytes.toString('latin1', 0, lineBytes));
    this.#answered = false;
    if (this.#watches) return;
    this.waits = true;
    this.traffic();
  }

  #told(): void {
    this.#answered = true;
    this.waits = false;
    if (!this.#watches) this.traffic();
  }

  /** Clients of the engine show its errors' messages. */
  #refuse(message: string): void {
    const body = JSON.stringify({ message });
    const head = [
      'HTTP/1.1 503 Service Unavailable',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    this.socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
    // What the client still sends is not read by anybody.
    this.socket.resume();
  }
}

/** Listens for clients. @throws Error if another program listens there, or the path is not possible */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const server = createServer({ allowHalfOpen: true });
  await listenPrivately(server, options.path);
  return new Door(server, options);
}
