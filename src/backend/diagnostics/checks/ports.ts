import { timeLimit } from '#contract/time-limit';
import { connectTo } from '#vm/connect';
import type { CheckContext } from '../check';
import { type Check, failed, noEngine, ok, settledEngine, skipped } from '../check';

interface PublishedPort {
  container: { id: string; name: string };
  address: string;
  port: number;
}

/** More of them tell nothing more. */
const looked = 12;
/** Within this computer. */
const answerMs = 2000;

/** Where a port that is published on all addresses can be reached from here. */
const reachable = (hostIp: string) =>
  hostIp === '0.0.0.0' || hostIp === '' ? '127.0.0.1' : hostIp === '::' ? '::1' : hostIp;

function publishedPorts({ services: { engine } }: CheckContext): PublishedPort[] {
  const found = new Map<string, PublishedPort>();
  for (const { id, name, state, ports } of engine.projection.snapshot().containers.values()) {
    if (state !== 'running') continue;
    for (const { protocol, hostPort, hostIp = '' } of ports) {
      if (protocol !== 'tcp' || !hostPort) continue;
      const address = reachable(hostIp);
      // The same port is mostly published for IPv4 and IPv6.
      if (!found.has(`${hostPort}`))
        found.set(`${hostPort}`, { container: { id, name }, address, port: hostPort });
    }
  }
  return [...found.values()].slice(0, looked);
}

async function answers({ address, port }: PublishedPort, signal: AbortSignal): Promise<boolean> {
  const limit = timeLimit(answerMs, signal);
  try {
    (await connectTo({ host: address, port }, limit)).destroy();
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Whether the published ports of running containers take connections. */
export const ports: Check = {
  id: 'ports',
  title: 'Ports reach containers',
  async run(context, signal) {
    const { status, endpoint } = await settledEngine(context, signal);
    if (status !== 'connected') return noEngine;
    if (!/^(?:unix|npipe):/.test(endpoint?.host ?? '')) {
      return skipped('The engine is on another computer', 'Its ports open there.');
    }
    const published = publishedPorts(context);
    const [first] = published;
    if (!first) return skipped('Nothing to try', 'No running container publishes a port.');
    const closed = [];
    for (const port of published) if (!(await answers(port, signal))) closed.push(port);
    const [missing] = closed;
    if (!missing)
      return ok(`port ${first.port}${published.length > 1 ? ` and ${published.length - 1} more` : ''}`);
    const { name } = missing.container;
    const ids = [...new Set(closed.map(({ container }) => container.id))];
    return failed(
      `Port ${closed.map(({ port }) => port).join(', ')} takes no connection`,
      `${name} publishes it, and nothing listens at ${missing.address}. A restart of the container opens it again; a firewall may close it, too.`,
      {
        kind: 'call',
        label: ids.length === 1 ? `Restart ${name}` : `Restart ${ids.length} containers`,
        procedure: 'containers.restart',
        input: { ids },
      },
    );
  },
};
