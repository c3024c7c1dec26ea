import { ArrowRight } from 'lucide-react';
import type { Container, ContainerDetails, PortMapping } from '#contract';
import { formatRoute } from '../../../shell/routes';
import { commandLine } from '../../../ui/commandWords';
import { formatBytes } from '../../../ui/format';
import { Card } from '../Card';
import { portAddress } from '../describe';
import { PortLink } from '../PortLink';
import { Facts } from './Facts';

const restartWords: Record<string, string> = {
  no: 'Leave it (no automatic restart)',
  always: 'Always start it again',
  'unless-stopped': 'Start it again, unless I stopped it',
  'on-failure': 'Start it again after an error',
};

function limits({ memoryLimitBytes, cpuLimit }: ContainerDetails): string {
  const memory = memoryLimitBytes > 0 ? `${formatBytes(memoryLimitBytes)} of memory` : 'no memory limit';
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
              {commandLine([...entrypoint, ...command])}
            </span>,
          ],
          [
            'Folder',
            <span key="folder">
              <span className="mono">{workdir || '/'}</span>, as user{' '}
              <span className="mono">{user || 'root'}</span>
            </span>,
          ],
          ['Ports', <Ports key="ports" ports={container.ports} />],
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

function Ports({ ports }: { ports: PortMapping[] }) {
  if (ports.length === 0) return <span className="text-fg3">none</span>;
  return (
    <ul className="grid gap-1">
      {ports.map(({ containerPort, protocol, hostIp, hostPort }) => {
        const address = portAddress(hostIp, hostPort, protocol);
        const inside = `${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`;
        return (
          <li key={`${inside} ${hostIp} ${hostPort}`} className="flex items-center gap-2 flex-wrap">
            {hostPort === undefined ? (
              <>
                <span className="mono">{inside}</span>
                <span className="text-fg3">inside, not published</span>
              </>
            ) : (
              <>
                {address ? (
                  <PortLink address={address} />
                ) : (
                  <span className="num">{`${hostIp}:${hostPort}`}</span>
                )}
                <span className="text-fg3 flex items-center gap-1.5">
                  leads to <ArrowRight size={12} aria-hidden="true" />
                </span>
                <span>
                  <span className="mono">{inside}</span> inside
                </span>
                {(hostIp === '0.0.0.0' || hostIp === '::') && (
                  <span className="text-fg3">open to the network</span>
                )}
              </>
            )}
          </li>
        );
      })}
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
