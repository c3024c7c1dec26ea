import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { ProblemError } from '#contract/problem';
import { keeperContract } from './keeper-contract';
import type { Machine } from './machine';
import { listenPrivately } from './private-socket';

/** Any failure as the contract's error. */
function inWords(error: unknown): unknown {
  if (error instanceof ORPCError) return error;
  const problem =
    error instanceof ProblemError
      ? error.problem
      : {
          code: 'unknown',
          title: 'The virtual machine could not do that',
          explanation: 'The reason is not one that Gantry knows.',
          actions: [],
          detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
        };
  return new ORPCError('PROBLEM', { data: problem, message: problem.title, cause: error });
}

function router(machine: Machine) {
  const at = implement(keeperContract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw inWords(error);
    }
  });
  return at.router({
    watch: at.watch.handler(({ signal }) => machine.states.watch(signal)),
    start: at.start.handler(({ input }) => machine.start(input)),
    stop: at.stop.handler(() => machine.stop()),
    restart: at.restart.handler(({ input }) => machine.restart(input)),
    suspend: at.suspend.handler(() => machine.suspend('You suspended it')),
    apply: at.apply.handler(({ input }) => machine.apply(input)),
    configureEngine: at.configureEngine.handler(({ input }) => machine.configureEngine(input)),
    release: at.release.handler(() => machine.release()),
    setClock: at.setClock.handler(() => machine.setClock()),
    usage: at.usage.handler(() => machine.usage()),
    details: at.details.handler(() => machine.details()),
    trimDisk: at.trimDisk.handler(() => machine.trimDisk()),
    moveDisk: at.moveDisk.handler(({ input }) => machine.moveDisk(input.folder)),
    reset: at.reset.handler(() => machine.reset()),
  });
}

export interface KeeperServer {
  /** How many backends and command lines are connected. */
  readonly clients: number;
  close(): Promise<void>;
}

/**
 * Answers the backend and the command line on the keeper's socket. The caller holds the keeper's lock, so a socket that
 * is there is one that a dead keeper left.
 * @param onChange whenever a client comes or goes
 */
export async function serveKeeper(
  socket: string,
  machine: Machine,
  onChange: () => void,
): Promise<KeeperServer> {
  const server = createServer((_request, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({ server });
  const handler = new RPCHandler(router(machine));
  sockets.on('connection', (client) => {
    client.on('error', () => client.terminate());
    client.on('close', onChange);
    handler.upgrade(client);
    onChange();
  });
  if (process.platform !== 'win32') await rm(socket, { force: true });
  await listenPrivately(server, socket);
  return {
    get clients() {
      return sockets.clients.size;
    },
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
