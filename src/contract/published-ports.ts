import type { Container, PortMapping } from './containers';

export interface PublishedPort {
  /** Of this computer. */
  port: number;
  containerPort: number;
  protocol: PortMapping['protocol'];
  /** "localhost:8080" */
  address: string;
  /** For the browser; null where no web page is to be expected. */
  url: string | null;
}

/** Ports of the container that speak something a browser does not: databases, queues, mail, ssh. */
const notForBrowsers = new Set([
  21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 1883, 2181, 2375, 3306, 4222, 5432,
  5433, 5671, 5672, 6379, 6380, 8883, 9042, 9092, 11211, 26257, 27017, 33060, 50051, 61616,
]);

/** Where the published ports of an engine answer: on this computer, or on the engine's own. */
export function engineHostname(host: string | undefined): string {
  const remote = /^(?:tcp|ssh):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+)/.exec(host ?? '')?.[1];
  return remote === undefined || remote === '127.0.0.1' || remote === '[::1]' ? 'localhost' : remote;
}

const everywhere = new Set(['', '0.0.0.0', '::', '127.0.0.1', '::1']);

function nameOf(hostIp: string, engine: string): string {
  if (everywhere.has(hostIp)) return engine;
  return hostIp.includes(':') ? `[${hostIp}]` : hostIp;
}

/** The container's doors to this computer, each once: the engine tells IPv4 and IPv6 apart. */
export function publishedPorts(container: Container, engine = 'localhost'): PublishedPort[] {
  const found = new Map<string, PublishedPort>();
  for (const { hostIp = '', hostPort, containerPort, protocol } of container.ports) {
    if (hostPort === undefined) continue;
    const address = `${nameOf(hostIp, engine)}:${hostPort}`;
    const key = `${address}/${protocol}`;
    if (found.has(key)) continue;
    const secure = containerPort === 443 || containerPort === 8443;
    const url =
      protocol === 'tcp' && !notForBrowsers.has(containerPort)
        ? `${secure ? 'https' : 'http'}://${address}`
        : null;
    found.set(key, { port: hostPort, containerPort, protocol, address, url });
  }
  return [...found.values()];
}
