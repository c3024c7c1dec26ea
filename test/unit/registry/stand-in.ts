import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Settings } from '#contract';
import { createRegistries, type EngineSearch, type Registries } from '#registry/index';
import { defaultVmSettings } from '#vm/host';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

export interface StandIn extends AsyncDisposable {
  url: string;
  host: string;
  /** All requests so far. */
  asked: Asked[];
}

export const json = (response: ServerResponse, value: unknown, status = 200, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
};

/** A small server on loopback which answers as `answer` says. */
export async function standIn(answer: (asked: Asked, response: ServerResponse) => void): Promise<StandIn> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const one = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
    };
    asked.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port');
  const host = `127.0.0.1:${address.port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Settings that live as long as the test. */
export function memorySettings(): { now: Settings; change(change: Partial<Settings>): Promise<Settings> } {
  const store = {
    now: {
      onboarding: 'done',
      lessons: {},
      dismissedTerms: [],
      engineChoice: 'found',
      engineHost: null,
      registries: [],
      hiddenSources: [],
      letterShortcuts: true,
      closeTo: 'tray',
      toldOfTray: false,
      globalShortcut: false,
      openWindow: true,
      monoFont: '',
      monoSize: 12,
      notifications: { pulls: true, crashes: true, unhealthy: true, diskFull: true },
      updates: 'off',
      vm: defaultVmSettings(),
    } as Settings,
    async change(change: Partial<Settings>) {
      store.now = { ...store.now, ...change };
      return store.now;
    },
  };
  return store;
}

/** Settings of the docker CLI that name a credential helper which is not there, so that no real key store is touched. */
export function bareEnv(config: object = {}): NodeJS.ProcessEnv & { DOCKER_CONFIG: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-docker-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ credsStore: 'absent', ...config }));
  return { PATH: '/nonexistent', DOCKER_CONFIG: folder };
}

export function registriesAt(
  url: string,
  { searchEngine, env = bareEnv() }: { searchEngine?: EngineSearch; env?: NodeJS.ProcessEnv } = {},
): Registries {
  return createRegistries({
    settings: memorySettings(),
    version: '1.2.3',
    searchEngine: searchEngine ?? (() => Promise.reject(new Error('no engine'))),
    platform: () => ({ os: 'linux', arch: 'amd64' }),
    addresses: { hub: url, hubRegistry: url, quay: url },
    env,
  });
}

/** The problem's code of a promise that should fail. */
export async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error && 'problem' in error)
    return error.problem as { code: string; title: string; explanation: string };
  throw new Error(`Expected a problem, got ${String(error)}`);
}
