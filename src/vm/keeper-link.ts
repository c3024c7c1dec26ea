import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { timeLimit } from '#contract/time-limit';
import { connectTo } from './connect';
import type { keeperContract } from './keeper-contract';
import { pause } from './pause';

export type KeeperClient = ContractRouterClient<typeof keeperContract>;

/** A connection to the keeper. */
export interface KeeperLink {
  client: KeeperClient;
  closed: Promise<void>;
  close(): void;
}

/** How long a keeper may take to come up: it reads a few files and listens. */
const startLimitMs = 20_000;

/** Connects to the keeper that listens there; null when none does. */
export async function reachKeeper(socket: string): Promise<KeeperLink | null> {
  const pipe = await connectTo(socket).catch(() => null);
  return pipe && overSocket(pipe);
}

async function overSocket(pipe: Socket): Promise<KeeperLink | null> {
  // The address is only for the Host header: the connection is there already.
  const webSocket = new WebSocket('ws://keeper/', { createConnection: () => pipe });
  const closed = new Promise<void>((resolve) => webSocket.once('close', () => resolve()));
  webSocket.on('error', () => webSocket.terminate());
  const opened = once(webSocket, 'open').then(
    () => true,
    () => false,
  );
  if (!(await Promise.race([opened, closed.then(() => false)]))) return null;
  const client: KeeperClient = createORPCClient(new RPCLink({ websocket: webSocket }));
  return { client, closed, close: () => webSocket.close() };
}

/** A keeper that is just coming or going is asked again after so long, in milliseconds. */
const againMs = 200;

/**
 * Connects to the keeper, which is started if there is none. One that has just begun does not listen yet, and one that
 * is about to end does not listen any more: both are waited for.
 * @param program the bundled keeper, run by the Node that runs this (Electron can be one, too)
 * @returns null when none listens in time
 * @throws Error with what a keeper said when it ended early
 */
export async function ensureKeeper(
  socket: string,
  { program, home, signal }: { program: string; home: string; signal: AbortSignal },
): Promise<KeeperLink | null> {
  const limit = timeLimit(startLimitMs, signal);
  while (!limit.aborted) {
    const link = await reachKeeper(socket);
    if (link) return link;
    if ((await spawnKeeper(program, home)) === 'another') await pause(againMs, limit);
  }
  return null;
}

/** Starts a keeper that outlives this program, and resolves when it listens, or has said that there is another. */
async function spawnKeeper(program: string, home: string): Promise<'ready' | 'another'> {
  const child = spawn(process.execPath, [program, home], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const limit = timeLimit(startLimitMs);
  try {
    const [word] = await Promise.race([
      once(child, 'message', { signal: limit }),
      once(child, 'exit', { signal: limit }).then(([code]) => [`It ended with exit code ${code}`]),
    ]);
    if (word === 'ready' || word === 'another') return word;
    throw new Error(`The VM's keeper did not start. ${word}`);
  } finally {
    if (child.connected) child.disconnect();
    child.unref();
  }
}
