import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Backend, createBackend } from '#backend/index';
import type { Client } from '#contract';
import { serve, type WebServer } from '#web/server';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

let folder: string;
let backend: Backend;
let server: WebServer;
let port: number;
let cookie: string;

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += chunk;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    call.once('error', reject);
    call.end();
  });

/** The status with which an upgrade is refused; 101 when it is granted. */
const upgrade = (headers: Record<string, string>, path = '/rpc') =>
  new Promise<number>((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_call, answer) => resolve(answer.statusCode ?? 0));
    socket.once('error', reject);
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-web-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>Gantry</title>');
  writeFileSync(join(folder, 'page', 'assets', 'main.js'), '1');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  // No engine: what is tested here is who may talk to the backend.
  process.env.DOCKER_HOST = `unix://${folder}/none.sock`;
  backend = createBackend(join(folder, 'data'));
  server = await serve(backend, { port: 0, pageFolder: join(folder, 'page/') });
  port = Number(new URL(server.address).port);
});
afterAll(async () => {
  await server.close();
  await backend.close();
  delete process.env.DOCKER_HOST;
  rmSync(folder, { recursive: true });
});

describe('the browser shell admits only its own page', () => {
  test('nobody without the token or the cookie', async () => {
    expect((await get('/')).status).toBe(401);
    expect((await get('/assets/main.js')).status).toBe(401);
    expect((await get('/?token=guess')).status).toBe(401);
  });

  test('the token becomes a cookie, once, and leaves the address', async () => {
    const { pathname, search } = new URL(server.address);
    const first = await get(pathname + search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    const [set = ''] = first.headers['set-cookie'] ?? [];
    expect(set).toMatch(/; HttpOnly; SameSite=Strict; Path=\//);
    cookie = set.split(';')[0] ?? '';
    expect((await get(pathname + search)).status).toBe(401);
    expect((await get('/', { cookie })).body).toContain('Gantry');
  });

  test('no other name for this computer, so that no page can rebind one', async () => {
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
      expect((await get('/', { cookie, host })).status, host).toBe(403);
      expect(await upgrade({ cookie, host, origin: `http://${host}` }), host).toBe(403);
    }
    expect((await get('/', { cookie, host: `localhost:${port}` })).status).toBe(200);
  });

  test('no page from elsewhere', async () => {
    const own = `http://127.0.0.1:${port}`;
    for (const origin of [
      'https://evil.example',
      'null',
      `http://127.0.0.1:${port + 1}`,
      `https://127.0.0.1:${port}`,
    ]) {
      expect((await get('/', { cookie, origin })).status, origin).toBe(403);
      expect(await upgrade({ cookie, origin }), origin).toBe(403);
    }
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ origin: own })).toBe(403);
    expect(await upgrade({ cookie: `${cookie}x`, origin: own })).toBe(403);
    expect(await upgrade({ cookie, origin: own }, '/other')).toBe(403);
    expect(await upgrade({ cookie, origin: own })).toBe(101);
  });

  test('a strict policy, and no leave to others to read', async () => {
    const { headers } = await get('/', { cookie });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('no file but those of the page, and nothing but reading', async () => {
    for (const path of [
      '/../secret.js',
      '/..%2fsecret.js',
      '/%2e%2e/secret.js',
      '/assets/..%2f..%2fsecret.js',
      '//secret.js',
      '/%00.js',
      '/%',
      '/etc/passwd',
    ]) {
      const { status, body } = await get(path, { cookie });
      expect([400, 404], path).toContain(status);
      expect(body, path).not.toContain('secret');
    }
    expect((await get('/', { cookie }, 'POST')).status).toBe(405);
  });
});

describe('the contract over the WebSocket', () => {
  async function withClient(use: (client: Client) => Promise<void>) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
      headers: { cookie, origin: `http://127.0.0.1:${port}` },
    });
    try {
      await use(createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })));
    } finally {
      socket.close();
    }
  }

  test('answers', () =>
    withClient(async (client) => {
      expect(await client.app.info()).toMatchObject({ platform: process.platform, notice: null });
    }));

  test('tells a problem as data', () =>
    withClient(async (client) => {
      await expect(client.engine.diskUsage()).rejects.toMatchObject({
        code: 'PROBLEM',
        data: { code: expect.any(String), title: expect.any(String), actions: expect.any(Array) },
      });
    }));

  test('refuses input of the wrong form with words, and goes on', () =>
    withClient(async (client) => {
      const hostile: unknown[] = [
        undefined,
        null,
        [],
        'x',
        { ids: [] },
        { ids: 'x' },
        { ids: [{}] },
        { ids: ['x'], signal: '$(reboot)' },
        { __proto__: { ids: ['x'] } },
      ];
      for (const input of hostile) {
        // @ts-expect-error: the form is wrong on purpose.
        await expect(client.containers.kill(input), JSON.stringify(input)).rejects.toMatchObject({
          data: { code: 'bad-input' },
        });
      }
      expect(await client.app.info()).toHaveProperty('version');
    }));

  test('a socket that sends no contract at all ends no server', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, {
      headers: { cookie, origin: `http://127.0.0.1:${port}` },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    for (const text of ['', '{', '[]', 'null', JSON.stringify({ i: 1, t: 9 }), 'x'.repeat(100_000)])
      socket.send(text);
    socket.send(Buffer.from([0xff, 0xfe, 0x00]));
    await withClient(async (client) => {
      expect(await client.app.info()).toHaveProperty('version');
    });
    socket.terminate();
  });
});
