import { ArrowRight } from 'lucide-react';
import type { Container, ContainerDetails } from '#contract';
import { engineHostname, publishedPorts } from '#contract/published-ports';
import { useEngine } from '../../../data/projection';
import { formatRoute } from '../../../shell/routes';
import { commandLine } from '../../../ui/commandWords';
import { formatMemory } from '../../../ui/format';
import { Card } from '../Card';
import { PortLink } from '../PortLink';
import { Facts } from './Facts';

const restartWords: Record<string, string> = {
  no: 'Leave it (no automatic restart)',
  always: 'Always start it again',
  'unless-stopped': 'Start it again, unless I stopped it',
  'on-failure': 'Start it again after an error',
};

/** Characters of a start command that are shown. */
const commandLength = 600;

const shortened = (line: string) =>
  line.length > commandLength ? `${line.slice(0, commandLength)}… (Inspect has all of it)` : line;

function limits({ memoryLimitBytes, cpuLimit }: ContainerDetails): string {
  const memory = memoryLimitBytes > 0 ? `${formatMemory(memoryLimitBytes)} of memory` : 'no memory limit';
  const cpu = cpuLimit > 0 ? `${cpuLimit} ${cpuLimit === 1 ? 'core' : 'cores'}` : 'no CPU limit';
  return `${memory}, ${cpu}`;
}

export function SetupCard({ container, details }: { container: Container; details: ContainerDetails }) {
  const { entrypoint, command, workdir, user, restartPolicy, privileged, capAdd } = details;
  return (
    <Card title="Command, ports, network">
      <Facts
        rows={[
          [
            'Runs',
            <span key="runs" className="mono">
              {shortened(commandLine([...entrypoint, ...command]))}
            </span>,
          ],
          [
            'Folder',
            <span key="folder">
              <span className="mono">{workdir || '/'}</span>, as user{' '}
              <span className="mono">{user || 'root'}</span>
            </span>,
          ],
          ['Ports', <Ports key="ports" container={container} />],
          ['Network', <Networks key="networks" container={container} />],
          ['If it stops', restartWords[restartPolicy] ?? restartPolicy],
          ['Limits', limits(details)],
          [
            'Rights',
            privileged ? (
              <span key="rights" className="text-danger-fg">
                privileged: it can do what the engine’s machine can
              </span>
            ) : capAdd.length > 0 ? (
              `more than usual: ${capAdd.join(', ')}`
            ) : null,
          ],
        ]}
      />
    </Card>
  );
}

function Ports({ container }: { container: Container }) {
  const engine = engineHostname(useEngine().endpoint?.host);
  const published = publishedPorts(container, engine);
  const inside = container.ports.filter((port) => port.hostPort === undefined);
  if (published.length + inside.length === 0) return <span className="text-fg3">none</span>;
  const open = new Set(
    container.ports
      .filter(({ hostIp }) => hostIp === '0.0.0.0' || hostIp === '::')
      .map(({ hostPort }) => hostPort),
  );
  const named = (port: number, protocol: string) => `${port}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  return (
    <ul className="grid gap-1">
      {published.map((door) => (
        <li key={`${door.address} ${door.protocol}`} className="flex items-center gap-2 flex-wrap">
          <PortLink port={door} />
          <span className="text-fg3 flex items-center gap-1.5">
            leads to <ArrowRight size={12} aria-hidden="true" />
          </span>
          <span>
            <span className="mono">{named(door.containerPort, door.protocol)}</span> inside
          </span>
          {open.has(door.port) && <span className="text-fg3">open to the network</span>}
        </li>
      ))}
      {inside.map(({ containerPort, protocol }) => (
        <li key={`${containerPort} ${protocol}`}>
          <span className="mono">{named(containerPort, protocol)}</span>{' '}
          <span className="text-fg3">inside, not published</span>
        </li>
      ))}
    </ul>
  );
}

function Networks({ container: { networks, service } }: { container: Container }) {
  if (networks.length === 0) return <span className="text-fg3">none</span>;
  return (
    <ul className="grid gap-1">
      {networks.map(({ id, name, ip }) => (
        <li key={id || name}>
          <a href={formatRoute({ page: 'networks', id })}>
            <bdi>{name}</bdi>
          </a>
          {ip && (
            <>
              {' '}
              at <span className="mono">{ip}</span>
            </>
          )}
          {service && (
            <>
              , answers to the name <span className="mono">{service}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
