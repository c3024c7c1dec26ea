import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { MessagePortMain } from 'electron';
import type { Client } from '#contract';
import { portReceipt } from '#contract/port-receipt';

/** The main process's own way to the backend. It ends with the backend, like every page's. */
export interface BackendClient {
  client: Client;
  /** Calls a procedure by its dotted path. */
  call(procedure: string, input: unknown): Promise<unknown>;
}

/** Speaks with the backend through a port to it. */
export function openClient(port: MessagePortMain): BackendClient {
  const link = new RPCLink({ port });
  port.on('message', () => port.postMessage(portReceipt));
  port.start();
  return {
    client: createORPCClient(link),
    call: (procedure, input) => link.call(procedure.split('.'), input, { context: {} }),
  };
}
