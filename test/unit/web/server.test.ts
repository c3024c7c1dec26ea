import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Backend, createBackend } from '#backend/index';
import type { Client } from '#contract';
import { serve, type WebServer } from '#web/server';

let folder: string;
let backend: Backend;
let server: WebServer;
let port: number;
let token: string;
let cookie: string;

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with exactly these headers, which `fetch` would not let through. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  to = server,
): Promise<Answer> {
  const { port: toPort } = new URL(to.address);
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port: toPort, path, method, headers: { host: `127.0.0.1:${toPort}`, ...headers } },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => {
          body += text;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      },
    );
    call.on('error', reject);
    call.end();
  });
}

/** What becomes of an attempt to open the page's WebSocket: open, or the status with which it is refused. */
async function knock(headers: Record<string, string>, path = '/rpc'): Promise<'open' | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  const outcome = await Promise.race([
    once(socket, 'open').then(() => 'open' as const),
    once(socket, 'unexpected-response').then(([, answer]) => Number(answer.statusCode)),
  ]);
  socket.on('error', () => undefined);
  socket.terminate();
  return outcome;
}

const openServer = () => serve(backend, { port: 0, pageFolder: join(folder, 'page/') });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-web-'));
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html><title>Gantry</title>');
  writeFileSync(join(folder, 'page/assets/main-1.js'), 'void 0;');
  writeFileSync(join(folder, 'secret.json'), '{"secret":1}');
  // An engine's address at which nothing is, so that this computer's own is left alone.
  const settings = { engineHost: `unix://${join(folder, 'none.sock')}` };
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'home/settings.json'), JSON.stringify({ version: 1, settings }));
  backend = createBackend(join(folder, 'home'));
  server = await openServer();
  port = Number(new URL(server.address).port);
  token = new URL(server.address).searchParams.get('token') ?? '';
});

afterAll(async () => {
  await server.close();
  await backend.close();
  rmSync(folder, { recursive: true });
});

describe('the one-time token', () => {
  test('a wrong one lets nobody in, and does not use up the right one', async () => {
    expect((await ask('/?token=wrong')).status).toBe(401);
    expect((await ask('/?token=')).status).toBe(401);
    expect((await ask(`/?token=${token}x`)).status).toBe(401);
  });

  test('becomes a cookie that scripts and other sites do not get, and leaves the address', async () => {
    const answer = await ask(`/?token=${token}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const [set = ''] = [answer.headers['set-cookie'] ?? []].flat();
    expect(set).toMatch(/; HttpOnly/);
    expect(set).toMatch(/; SameSite=Strict/);
    cookie = set.split(';')[0] ?? '';
    expect(cookie).not.toContain(token);
    expect((await ask('/', { cookie })).body).toContain('<title>Gantry</title>');
  });

  test('works once', async () => {
    expect((await ask(`/?token=${token}`)).status).toBe(401);
  });

  test('opened again in the same browser just shows the page', async () => {
    const answer = await ask(`/?token=${token}`, { cookie });
    expect(answer.status).toBe(303);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('and cookie of one server are worth nothing at another', async () => {
    const other = await openServer();
    expect((await ask('/', { cookie }, 'GET', other)).status).toBe(401);
    expect((await ask(`/?token=${token}`, {}, 'GET', other)).status).toBe(401);
    await other.close();
  });
});

describe('a request is refused', () => {
  test.each([
    ['without a cookie', {}, 401],
    ['with a wrong cookie', { cookie: 'gantry-1=x' }, 401],
    ['under a name that was rebound to this computer', { host: 'evil.example' }, 403],
    ['under such a name with the right port', { host: 'evil.example:PORT' }, 403],
    ['under a name that begins like loopback', { host: '127.0.0.1.evil.example:PORT' }, 403],
    ['under another port', { host: '127.0.0.1:1' }, 403],
    ['from a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['from a page of another local port', { origin: 'http://127.0.0.1:1' }, 403],
    ['from a page without an origin of its own', { origin: 'null' }, 403],
  ])('%s', async (_, headers: Record<string, string>, status) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(port))]),
    );
    // With the right cookie, too, unless the cookie is what is wrong.
    const sent = status === 401 ? filled : { cookie, ...filled };
    expect((await ask('/', sent)).status).toBe(status);
    expect(
      await knock({ origin: `http://127.0.0.1:${port}`, ...(status === 401 ? {} : { cookie }), ...filled }),
    ).toBe(403);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('with %s', async (method) => {
    const answer = await ask('/', { cookie, origin: `http://127.0.0.1:${port}` }, method);
    expect(answer.status).toBe(405);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the WebSocket', () => {
  test('opens for the page itself', async () => {
    expect(await knock({ cookie, origin: `http://127.0.0.1:${port}` })).toBe('open');
    expect(await knock({ cookie, host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(
      'open',
    );
  });

  test('opens for nobody who names no origin, and at no other path', async () => {
    expect(await knock({ cookie })).toBe(403);
    expect(await knock({ cookie, origin: `http://127.0.0.1:${port}` }, '/other')).toBe(403);
  });

  test('ends when a message is too large or none at all, and the server goes on', async () => {
    const headers = { cookie, origin: `http://127.0.0.1:${port}` };
    const large = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { headers });
    await once(large, 'open');
    large.on('error', () => undefined);
    large.send('x'.repeat(5_000_000));
    await once(large, 'close');
    for (const message of [
      '',
      '{',
      '[]',
      'null',
      '["1"]',
      '["1",1,{}]',
      '["1",9,null]',
      Buffer.from([255, 0]),
    ]) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { headers });
      await once(socket, 'open');
      socket.send(message);
      const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
      const client: Client = createORPCClient(link);
      expect((await client.app.info()).dataFolder).toBe(join(folder, 'home'));
      socket.terminate();
    }
  });

  test('bears a refused caller that is gone before the answer', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await ask('/', { cookie })).status).toBe(200);
  });
});

describe('the page', () => {
  test('comes with its policy, and with no word for other origins', async () => {
    const { headers } = await ask('/', { cookie });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    expect((await ask('/assets/main-1.js', { cookie })).headers['cache-control']).toContain('immutable');
  });

  test.each([
    '/../secret.json',
    '/assets/../../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/%2e%2e%2fsecret.json%00.js',
    '/....//secret.json',
    '//secret.json',
    '/%zz.json',
    '/home/settings.json',
  ])('is all there is to get: %s', async (path) => {
    const answer = await ask(path, { cookie });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret"');
  });
});

test('nobody but this computer can connect', async () => {
  const elsewhere = connect(port, '127.0.0.2');
  const [error] = await once(elsewhere, 'error');
  expect(error.code).toBe('ECONNREFUSED');
});
