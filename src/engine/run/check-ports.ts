import type { RunFinding, RunSpec } from '#contract';
import { change, openContainer, repeated, trouble, warning } from './finding';
import { programAt } from './port-program';
import { neighbourAt, nextFreePort, type PortSearch, portHolder, usedByProgram } from './ports';

type Port = RunSpec['ports'][number];

const isLoopback = (ip: string) => ip === '::1' || ip === 'localhost' || ip.startsWith('127.');

async function nextPort(field: string, port: Port, from: number, search: PortSearch) {
  const free = await nextFreePort(from, port.protocol, search);
  return free === null ? [] : [change(`Use port ${free} instead`, `${field}.hostPort`, free)];
}

async function takenFinding(field: string, port: Port, search: PortSearch): Promise<RunFinding | null> {
  const { hostPort } = port;
  if (hostPort === null) return null;
  const holder = portHolder(search.containers, port);
  if (holder) {
    return trouble(
      field,
      `Port ${hostPort} is used by ${holder.name}.`,
      ...(await nextPort(field, port, hostPort + 1, search)),
      {
        kind: 'call',
        label: `Stop ${holder.name}`,
        procedure: 'containers.stop',
        input: { ids: [holder.id] },
      },
      openContainer(holder),
    );
  }
  const next = neighbourAt(search, { ...port, hostPort });
  if (next) {
    return trouble(
      field,
      `Port ${hostPort} is used by ${next.name} in ${next.engine}, the other engine on this computer.`,
      ...(await nextPort(field, port, hostPort + 1, search)),
    );
  }
  if (search.local && port.protocol === 'tcp' && (await usedByProgram(hostPort))) {
    const program = await programAt(hostPort);
    const named = program ? `: ${program.name} (process ${program.pid})` : '';
    return trouble(
      field,
      `Port ${hostPort} is used by another program on this computer${named}.`,
      ...(await nextPort(field, port, hostPort + 1, search)),
    );
  }
  return null;
}

/** Servers that hand out everything they have, often to whoever has no password, by their usual port. */
const holders: Record<number, string> = {
  1433: 'SQL Server database',
  1521: 'Oracle database',
  2375: 'Docker engine',
  3306: 'MySQL or MariaDB database',
  5432: 'PostgreSQL database',
  5984: 'CouchDB database',
  6379: 'Redis store',
  8086: 'InfluxDB database',
  9042: 'Cassandra database',
  9200: 'Elasticsearch index',
  11211: 'Memcached store',
  27017: 'MongoDB database',
};

function openFinding(field: string, port: Port): RunFinding | null {
  if (isLoopback(port.hostIp)) return null;
  const holder = holders[port.containerPort];
  const who = 'Everyone who can reach this computer over the network can';
  return warning(
    field,
    holder
      ? `${who} reach this ${holder}; nothing but its password protects it.`
      : `${who} use port ${port.hostPort ?? port.containerPort}.`,
    change('Only this computer', `${field}.hostIp`, '127.0.0.1'),
  );
}

/** What is wrong with the published ports. */
export async function checkPorts(spec: RunSpec, search: Omit<PortSearch, 'reserved'>): Promise<RunFinding[]> {
  const withOwn = {
    ...search,
    reserved: new Set(spec.ports.flatMap(({ hostPort }) => (hostPort === null ? [] : [hostPort]))),
  };
  const twice = new Set(
    repeated(spec.ports, ({ hostPort, protocol, hostIp }) =>
      hostPort === null ? null : `${hostIp} ${hostPort}/${protocol}`,
    ),
  );
  const findings: (RunFinding | null)[] = [];
  for (const [index, port] of spec.ports.entries()) {
    const field = `ports.${index}`;
    if (twice.has(index) && port.hostPort !== null) {
      const fix = await nextPort(field, port, port.hostPort + 1, withOwn);
      findings.push(trouble(field, `Port ${port.hostPort} is in this list already.`, ...fix));
    } else findings.push(await takenFinding(field, port, withOwn));
    findings.push(openFinding(field, port));
  }
  return findings.filter((finding) => finding !== null);
}
