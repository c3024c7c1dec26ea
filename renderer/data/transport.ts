import { RPCLink as MessagePortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import { create } from 'zustand';
import { portReceipt } from '#contract/port-receipt';

type Link = MessagePortLink<Record<never, never>> | WebSocketLink<Record<never, never>>;

/** Whether the backend answers: `lost` between its death (or the server's end) and the next connection. */
export const useBackendLink = create<{ status: 'connecting' | 'open' | 'lost' }>(() => ({
  status: 'connecting',
}));

let current: Link | null = null;
let waiting: ((link: Link) => void)[] = [];

/** The link to the backend, as soon as there is one. Rejects when `signal` aborts first. */
export function openLink(signal?: AbortSignal): Promise<Link> {
  if (current) return Promise.resolve(current);
  return new Promise((resolve, reject) => {
    const settle = (link: Link) => {
      signal?.removeEventListener('abort', abort);
      resolve(link);
    };
    const abort = () => {
      waiting = waiting.filter((entry) => entry !== settle);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    waiting.push(settle);
  });
}

function use(link: Link) {
  current = link;
  useBackendLink.setState({ status: 'open' });
  const callers = waiting;
  waiting = [];
  for (const resolve of callers) resolve(link);
}

function lose(link: Link | null) {
  if (current !== link) return;
  current = null;
  useBackendLink.setState({ status: 'lost' });
}

/** In Electron the main process hands over a port to the backend, and a new one after the backend was restarted. */
function listenForPorts() {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data?.type !== 'gantry:port' || !port) return;
    const link = new MessagePortLink({ port });
    port.addEventListener('message', () => port.postMessage(portReceipt));
    port.addEventListener('close', () => lose(link));
    port.start();
    use(link);
  });
  window.postMessage({ type: 'gantry:ready' }, window.origin);
}

const longestPauseMs = 3000;

function connectWebSocket(pauseMs = 100) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/rpc`);
  const link = new WebSocketLink({ websocket: socket });
  let opened = false;
  socket.addEventListener('open', () => {
    opened = true;
    use(link);
  });
  socket.addEventListener('close', () => {
    if (opened) lose(link);
    else lose(null);
    const next = opened ? 100 : Math.min(pauseMs * 2, longestPauseMs);
    setTimeout(() => connectWebSocket(next), next);
  });
}

/** Called once, when the page starts. */
export function connectBackend(): void {
  if (window.gantryDesktop) listenForPorts();
  else connectWebSocket();
}
