import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followEngine, until } from '../../harness/follow';

let folder: string;
let socketPath: string;
const open = new Set<Socket>();
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-broken-'));
  socketPath = join(folder, 'docker.sock');
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  open.clear();
  server?.close();
  await rm(folder, { recursive: true });
});

async function listen(made: Server): Promise<string> {
  server = made;
  made.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
  });
  made.listen(socketPath);
  await once(made, 'listening');
  return `unix://${socketPath}`;
}

const serve = (handle: RequestListener) => listen(createServer(handle));
const json = (answer: ServerResponse, value: unknown) => {
  answer.setHeader('content-type', 'application/json');
  answer.end(JSON.stringify(value));
};
const pathOf = ({ url = '' }: IncomingMessage) => url.replace(/^\/v[\d.]+/, '').replace(/\?.*/, '');

/** Answers as an engine without any objects does. */
function emptyEngine(request: IncomingMessage, answer: ServerResponse): void {
  answer.setHeader('Api-Version', '1.44');
  switch (pathOf(request)) {
    case '/_ping':
      answer.end('OK');
      break;
    case '/events':
      answer.writeHead(200).flushHeaders();
      break;
    case '/version':
      json(answer, { Version: '25.0', Os: 'linux', Arch: 'amd64' });
      break;
    case '/info':
      json(answer, { Name: 'fake', NCPU: 2, MemTotal: 1 });
      break;
    case '/volumes':
      json(answer, { Volumes: null });
      break;
    default:
      json(answer, []);
      break;
  }
}

describe('with a small server in place of an engine', () => {
  it('connects to one that behaves (so that the others differ by their fault alone)', async () => {
    await using engine = followEngine(await serve(emptyEngine));
    const state = await until(engine, (now) => now.loaded && now.engine.facts && now.engine);
    expect(state).toMatchObject({ status: 'connected', facts: { version: '25.0', apiVersion: '1.44' } });
  });

  it.each([
    ['1.40', 'engine-too-old'],
    ['<script>', 'engine-garbled'],
  ])('says what is wrong with an engine of API %s', async (version, code) => {
    const host = await serve((_request, answer) => {
      answer.setHeader('Api-Version', version);
      answer.end('OK');
    });
    await using engine = followEngine(host);
    expect((await until(engine, (now) => now.engine.problem)).code).toBe(code);
    expect(engine.state().status).toBe('off');
  });

  it('speaks no newer API than it knows', async () => {
    const paths: string[] = [];
    const host = await serve((request, answer) => {
      paths.push(request.url ?? '');
      if (pathOf(request) !== '/_ping') return emptyEngine(request, answer);
      answer.setHeader('Api-Version', '1.99');
      answer.end('OK');
    });
    await using engine = followEngine(host);
    await until(engine, (now) => now.loaded);
    expect(paths.filter((path) => !path.startsWith('/v1.56/') && path !== '/_ping')).toEqual([]);
  });

  it.each([
    ['no HTTP', 'hello, this is no HTTP\r\n\r\n', 'engine-garbled'],
    ['half an answer', 'HTTP/1.1 200 OK\r\nApi-Version: 1.4', 'engine-broke-off'],
  ])('says what is wrong when %s comes back', async (_name, text, code) => {
    const host = await listen(createTcpServer((socket) => void socket.once('data', () => socket.end(text))));
    await using engine = followEngine(host);
    expect((await until(engine, (now) => now.engine.problem)).code).toBe(code);
  });

  it('says that a silent engine does not answer, and does not wait for ever', async () => {
    const host = await listen(createTcpServer(() => undefined));
    await using engine = followEngine(host);
    expect((await until(engine, (now) => now.engine.problem)).code).toBe('engine-silent');
  });

  it.each([
    ['/containers/json', '{"message":"not a list"}'],
    ['/images/json', '<html>'],
    ['/volumes', '[1,2'],
    ['/networks', 'null'],
  ])('says that %s is garbled', async (path, text) => {
    const host = await serve((request, answer) => {
      if (pathOf(request) === path) answer.end(text);
      else emptyEngine(request, answer);
    });
    await using engine = followEngine(host);
    const { problem } = await until(engine, (now) => now.engine.problem && now.engine);
    expect(problem?.code).toBe('engine-garbled');
    expect(problem?.detail).toContain(path);
  });

  it('shows nothing of a garbled event stream as if it were current', async () => {
    let events: ServerResponse | undefined;
    const host = await serve((request, answer) => {
      if (pathOf(request) === '/events') events = answer;
      emptyEngine(request, answer);
    });
    await using engine = followEngine(host);
    await until(engine, (now) => now.loaded);
    events?.write('{"Type":"container"\n');
    const state = await until(engine, (now) => now.engine.status === 'reconnecting' && now);
    expect(state.engine.problem?.code).toBe('engine-garbled');
    await until(engine, (now) => now.loaded);
  });

  it('keeps the other objects when the engine cannot describe one', async () => {
    const id = 'a'.repeat(64);
    const host = await serve((request, answer) => {
      if (pathOf(request) === '/containers/json') {
        return json(answer, [{ Id: id, Names: ['/odd'], State: 'running' }]);
      }
      if (pathOf(request) !== `/containers/${id}/json`) return emptyEngine(request, answer);
      answer.statusCode = 500;
      json(answer, { message: 'corrupt state' });
    });
    await using engine = followEngine(host);
    const owner = new AbortController();
    for await (const batch of engine.activity.watch(owner.signal)) {
      const told = batch.find(({ action }) => action === 'error');
      if (!told) continue;
      expect(told.title).toContain('corrupt state');
      owner.abort();
    }
    expect(engine.projection.snapshot().containers.get(id)?.name).toBe('odd');
    expect(engine.state().status).toBe('connected');
  });

  it('stays loading, and answers others, while an engine is slow', async () => {
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const host = await serve(async (request, answer) => {
      if (pathOf(request) === '/images/json') await slow;
      emptyEngine(request, answer);
    });
    await using engine = followEngine(host);
    const state = await until(engine, (now) => now.engine.facts && now);
    expect(state).toMatchObject({ loaded: false, engine: { status: 'connected', problem: null } });
    release();
    await until(engine, (now) => now.loaded);
  });

  it('asks nothing but the event stream while nothing happens', async () => {
    const paths: string[] = [];
    const host = await serve((request, answer) => {
      paths.push(pathOf(request));
      emptyEngine(request, answer);
    });
    await using engine = followEngine(host);
    await until(engine, (now) => now.loaded && now.engine.facts);
    expect(paths.sort()).toEqual(
      [
        '/_ping',
        '/containers/json',
        '/events',
        '/images/json',
        '/info',
        '/networks',
        '/version',
        '/volumes',
      ].sort(),
    );
  });
});
