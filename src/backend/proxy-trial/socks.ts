import type { Socket } from 'node:net';
import { type Problem, ProblemError } from '#contract/problem';
import type { credentialsOf } from './go-rules';
import * as problems from './problems';
import { waitFor } from './sockets';

interface SocksWay {
  proxy: URL;
  credentials: ReturnType<typeof credentialsOf>;
  /** A host's name is looked up by the proxy, as Go's client has it with socks5:// and socks5h:// alike. */
  target: { host: string; port: number };
}

/** Asks a SOCKS proxy at the other end for a way; the same connection then leads to `target`. @throws ProblemError */
export async function openSocksWay(socket: Socket, way: SocksWay, signal: AbortSignal): Promise<void> {
  // Only here: few have such a proxy.
  const { SocksClient } = await import('socks');
  const { proxy, credentials, target } = way;
  try {
    await waitFor(socket, signal, (resolve, reject) => {
      SocksClient.createConnection({
        // The connection is there; the address has to be one all the same.
        proxy: {
          host: proxy.hostname,
          port: Number(proxy.port) || socksPort,
          type: 5,
          ...(credentials ? { userId: credentials.name, password: credentials.password } : {}),
        },
        command: 'connect',
        destination: target,
        existing_socket: socket,
      }).then(resolve, reject);
    });
  } catch (error) {
    signal.throwIfAborted();
    throw new ProblemError(problemOf(error instanceof Error ? error.message : String(error), way));
  }
}

export const socksPort = 1080;

/** The library has words alone for what went wrong (its constants.js). */
function problemOf(said: string, { proxy, credentials, target }: SocksWay): Problem {
  const tried = credentials !== null;
  const [, reply] = /rejected connection - (\w+)/.exec(said) ?? [];
  if (reply) return problems.refusedBySocks(`${target.host}:${target.port}`, reply);
  if (said.includes('no accepted authentication')) {
    return tried ? problems.otherSocksSignIn(proxy.host) : problems.signInWanted(proxy, { tried });
  }
  if (said.includes('Authentication failed')) return problems.signInWanted(proxy, { tried });
  if (said.includes('handshake')) return problems.noProxy(proxy.host, 'SOCKS', said);
  return problems.brokenOff(proxy.host, 'Check the port; another kind of server may be there.', said);
}
