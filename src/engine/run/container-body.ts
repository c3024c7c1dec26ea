import type { RunSpec } from '#contract';
import { guestPath } from '#contract/guest-path';

const NANO = 1e9;

/** The engine takes it as the wildcard that the docker CLI sends: all addresses, IPv4 and IPv6. */
const hostAddress = (ip: string) => (ip === '0.0.0.0' ? '' : ip);

/** `CAP_NET_ADMIN` of `net_admin`, as the docker CLI writes it and newer engines keep it. */
function capability(text: string): string {
  const name = text.toUpperCase();
  return name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`;
}

function portParts(ports: RunSpec['ports']) {
  const exposed: Record<string, object> = {};
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { containerPort, protocol, hostIp, hostPort } of ports) {
    const key = `${containerPort}/${protocol}`;
    exposed[key] = {};
    const binding = { HostIp: hostAddress(hostIp), HostPort: hostPort === null ? '' : String(hostPort) };
    bindings[key] = [...(bindings[key] ?? []), binding];
  }
  return { exposed, bindings };
}

function healthcheck(health: RunSpec['health']) {
  if (!health) return undefined;
  return {
    Test: ['CMD-SHELL', health.command],
    Interval: Math.round(health.intervalSeconds * NANO),
    Timeout: Math.round(health.timeoutSeconds * NANO),
    StartPeriod: Math.round(health.startPeriodSeconds * NANO),
    Retries: health.retries,
  };
}

/** As the docker CLI does it: the entrypoint is one word, its other words go before the command. */
function startCommand({ entrypoint, command }: RunSpec) {
  const [first, ...others] = entrypoint ?? [];
  const words = [...others, ...(command ?? [])];
  return {
    Entrypoint: first === undefined ? undefined : [first],
    Cmd: words.length > 0 ? words : undefined,
  };
}

/**
 * The body of `POST /containers/create` that makes what `commands.run(spec)` would. Folders and volumes are
 * `Mounts`, never `Binds`: with those the engine would create a missing folder without a word.
 */
export function containerBody(spec: RunSpec) {
  const { exposed, bindings } = portParts(spec.ports);
  return {
    Image: spec.image,
    ...startCommand(spec),
    Env: spec.env.map(({ name, value }) => `${name}=${value}`),
    User: spec.user,
    WorkingDir: spec.workdir,
    Hostname: spec.hostname,
    Labels: Object.fromEntries(spec.labels.map(({ name, value }) => [name, value])),
    ExposedPorts: exposed,
    Healthcheck: healthcheck(spec.health),
    Tty: spec.tty,
    OpenStdin: spec.tty,
    HostConfig: {
      PortBindings: bindings,
      Mounts: spec.mounts.map(({ type, source, target, readOnly }) => ({
        Type: type,
        Source: type === 'tmpfs' ? undefined : guestPath(source),
        Target: target,
        ReadOnly: readOnly,
      })),
      RestartPolicy: { Name: spec.restart, MaximumRetryCount: 0 },
      AutoRemove: spec.autoRemove,
      NetworkMode: spec.network || undefined,
      NanoCpus: spec.cpus === undefined ? undefined : Math.round(spec.cpus * NANO),
      Memory: spec.memoryBytes,
      Privileged: spec.privileged,
      CapAdd: spec.capAdd.map(capability),
      CapDrop: spec.capDrop.map(capability),
    },
  };
}
