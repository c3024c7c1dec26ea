import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import { type Backend, createBackend } from '#backend/index';
import type { Client, Problem } from '#contract';
import { problem } from '#contract/problem';
import { serve } from '#web/server';

export interface ServedBackend {
  backend: Backend;
  client: Client;
  /** Calls a procedure by its path, with any input. */
  call(path: string[], input: unknown, signal?: AbortSignal): Promise<unknown>;
  socket: WebSocket;
  /** Waits until the engine's objects are known. */
  loaded(): Promise<void>;
  close(): Promise<void>;
}

/** A backend with an empty home, and a page's WebSocket to it. */
export async function serveBackend(engineHost: string): Promise<ServedBackend> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-test-backend-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ version: 1, settings: { engineHost } }));
  const backend = createBackend(home);
  const server = await serve(backend, { port: 0, pageFolder: join(folder, 'page/') });
  const { origin } = new URL(server.address);
  const admitted = await fetch(server.address, { redirect: 'manual' });
  const cookie = admitted.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin } });
  await once(socket, 'open');
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  const client: Client = createORPCClient(link);
  return {
    backend,
    client,
    call: (path, input, signal) => link.call(path, input, { context: {}, signal }),
    socket,
    loaded: async () => {
      for await (const batch of await client.projection.watch())
        if (batch.type === 'reset' && batch.loaded) return;
    },
    close: async () => {
      socket.terminate();
      await server.close();
      await backend.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The problem with which a call fails. Throws when it does not, or fails with anything else. */
export async function problemOf(call: Promise<unknown>): Promise<Problem> {
  const error = await call.then(
    () => new Error('It did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error && 'data' in error)) throw error;
  return problem.parse(error.data);
}
