import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Door, type DoorOptions, openDoor } from '#vm/door';

let folder: string;
let path: string;
let engine: Server;
let door: Door | undefined;
let traffic: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-door-'));
  path = join(folder, 'docker.sock');
  traffic = 0;
  // Says back what it hears, and its own end after the client's.
  engine = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => socket.write(bytes));
    socket.on('end', () => socket.end(' end'));
  }).listen(join(folder, 'engine.sock'));
  await once(engine, 'listening');
});
afterEach(async () => {
  await door?.close();
  engine.close();
  await rm(folder, { recursive: true });
});

const toEngine = (): Duplex => connect({ path: join(folder, 'engine.sock'), allowHalfOpen: true });

async function open(options: Partial<DoorOptions> = {}): Promise<Door> {
  door = await openDoor({
    path,
    connect: async () => toEngine(),
    onTraffic: () => {
      traffic += 1;
    },
    ...options,
  });
  return door;
}

const client = (): Socket => connect({ path, allowHalfOpen: true });

/** What a client gets back that says this, ends its side, and waits. */
function ask(said: string): Promise<string> {
  const socket = client();
  socket.end(said);
  return text(socket);
}

/** A client that has had an answer, and the stream that its bytes go through. */
async function talking(): Promise<{ socket: Socket; stream: Duplex }> {
  const stream = toEngine();
  await open({ connect: async () => stream });
  const socket = client();
  socket.write('hello');
  await once(socket, 'data');
  return { socket, stream };
}

describe('the door', () => {
  it('belongs to its user alone', async () => {
    await open();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('passes bytes on both ways, and the end of each way alone', async () => {
    await open();
    expect(await ask('GET /_ping HTTP/1.1\r\n\r\n')).toBe('GET /_ping HTTP/1.1\r\n\r\n end');
  });

  it('still gives the answer to a client that has ended its side after a first answer', async () => {
    await open();
    const socket = client();
    socket.write('POST /exec HTTP/1.1\r\n\r\n');
    await once(socket, 'data');
    socket.end('last words');
    expect(await text(socket)).toBe('last words end');
  });

  it('carries 200 clients at once', async () => {
    await open();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(`POST /${n} `)));
    expect(answers).toEqual(Array.from({ length: 200 }, (_, n) => `POST /${n}  end`));
  });

  it('keeps what a client says while the engine is being woken', async () => {
    let awake = (): void => {};
    const sleeping = new Promise<void>((resolve) => {
      awake = resolve;
    });
    await open({ connect: () => sleeping.then(toEngine) });
    const socket = client();
    socket.write('first ');
    await new Promise((resolve) => setTimeout(resolve, 30));
    socket.write('second');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(door?.calls).toBe(1);
    awake();
    socket.end();
    expect(await text(socket)).toBe('first second end');
  });

  it('does not wake the engine for a client that says nothing', async () => {
    let woken = 0;
    await open({
      connect: async () => {
        woken += 1;
        return toEngine();
      },
    });
    const socket = client();
    await once(socket, 'connect');
    socket.end();
    expect(await text(socket)).toBe('');
    expect(woken).toBe(0);
  });

  it('gives up waking when its client has gone', async () => {
    let signal: AbortSignal | undefined;
    await open({
      connect: (given) => {
        signal = given;
        return new Promise((_, reject) => given.addEventListener('abort', () => reject(given.reason)));
      },
    });
    const socket = client();
    socket.write('GET / HTTP/1.1\r\n');
    while (!signal) await new Promise((resolve) => setTimeout(resolve, 5));
    await door?.close();
    door = undefined;
    expect(signal.aborted).toBe(true);
  });

  it('answers like an engine when there is no way to it', async () => {
    await open({ connect: () => Promise.reject(new Error('The machine is stopped')) });
    const answer = await ask('GET /v1.45/containers/json HTTP/1.1\r\nHost: docker\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(answer).toMatch(/\r\n\r\n\{"message":"The machine is stopped"\}$/);
  });

  it('closes a client whose engine breaks off', async () => {
    const { socket, stream } = await talking();
    stream.destroy(new Error('the link was lost'));
    await once(socket, 'end');
    socket.destroy();
  });

  it('closes a client whose engine is gone before the two are joined', async () => {
    await open({
      connect: async () => {
        const stream = toEngine();
        stream.destroy();
        return stream;
      },
    });
    expect(await ask('hello')).toBe('');
  });

  it('closes the engine when its client breaks off', async () => {
    const { socket, stream } = await talking();
    socket.destroy();
    while (!stream.destroyed || door?.clients !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('replaces the socket of a dead owner, but not that of a living one', async () => {
    const dead = createServer().listen(path);
    await once(dead, 'listening');
    await expect(open()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    dead.close();
    await writeFile(path, '');
    await open();
    expect(await ask('hello')).toBe('hello end');
  });
});

describe('what counts as use', () => {
  /** Says something and waits for the echo. */
  async function talk(socket: Socket, said: string): Promise<void> {
    const heard = once(socket, 'data');
    socket.write(said);
    await heard;
  }

  it('is a call, but not the watching of events', async () => {
    await open();
    const watching = client();
    await talk(watching, 'GET /v1.45/events?filters=%7B%7D HTTP/1.1\r\nHost: docker\r\n\r\n');
    expect(traffic).toBe(0);
    const using = client();
    await talk(using, 'GET /v1.45/containers/json HTTP/1.1\r\nHost: docker\r\n\r\n');
    expect(traffic).toBe(1);
    watching.destroy();
    using.destroy();
  });

  it('is judged anew with each request of a connection', async () => {
    const watches: boolean[] = [];
    await open({
      connect: async (_, call) => {
        watches.push(call.watches);
        return toEngine();
      },
    });
    const socket = client();
    await talk(socket, 'GET /events HTTP/1.1\r\n\r\n');
    expect(watches).toEqual([true]);
    expect(traffic).toBe(0);
    await talk(socket, 'HEAD /_ping HTTP/1.1\r\n\r\n');
    expect(traffic).toBe(1);
    socket.destroy();
  });

  it('is a call for as long as it waits for its answer', async () => {
    const silent = createServer((socket) => socket.resume()).listen(join(folder, 'silent.sock'));
    await once(silent, 'listening');
    const stream = connect(join(folder, 'silent.sock'));
    await open({ connect: async () => stream });
    const socket = client();
    socket.write('POST /commit HTTP/1.1\r\n\r\n');
    while (door?.calls !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    await once(stream, 'close');
    expect(door?.calls).toBe(0);
    silent.close();
  });
});
