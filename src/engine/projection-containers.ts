import { z } from 'zod';
import type { Container, Mount, PortMapping } from '#contract';
import { containerState } from '#contract/containers';

/** Characters of the start command that a list shows. */
const COMMAND_LIMIT = 200;

const labels = z.record(z.string(), z.string()).nullish().catch(null);
const endpoint = z.object({ NetworkID: z.string().catch(''), IPAddress: z.string().catch('') });
const networks = z.record(z.string(), endpoint.nullable()).nullish().catch(null);
const mountPoint = z.object({
  Type: z.string().catch(''),
  Name: z.string().optional(),
  Source: z.string().catch(''),
  Destination: z.string(),
  RW: z.boolean().catch(true),
});
/** Podman has states of its own: `configured`, `initialized`, `stopped`, `stopping`. */
const state = z.preprocess((said) => {
  if (said === 'configured' || said === 'initialized') return 'created';
  if (said === 'stopped') return 'exited';
  return said === 'stopping' ? 'running' : said;
}, containerState);

/** An entry of `GET /containers/json`. */
export const listedContainer = z.object({
  Id: z.string().min(1),
  Names: z.array(z.string()).nullish(),
  Image: z.string().catch(''),
  ImageID: z.string().catch(''),
  Command: z.string().nullish(),
  /** Seconds since 1970. */
  Created: z.number().catch(0),
  State: state,
  Ports: z
    .array(
      z.object({
        IP: z.string().optional(),
        PrivatePort: z.number(),
        PublicPort: z.number().optional(),
        Type: z.enum(['tcp', 'udp', 'sctp']),
      }),
    )
    .nullish(),
  Labels: labels,
  Mounts: z.array(mountPoint).nullish(),
  NetworkSettings: z.object({ Networks: networks }).nullish(),
});

/** `GET /containers/{id}/json` */
export const inspectedContainer = z.object({
  Id: z.string().min(1),
  Name: z.string(),
  Created: z.string(),
  Path: z.string().catch(''),
  Args: z.array(z.string()).nullish(),
  Image: z.string(),
  RestartCount: z.number().catch(0),
  State: z.object({
    Status: state,
    OOMKilled: z.boolean().catch(false),
    ExitCode: z.number().catch(0),
    Error: z.string().catch(''),
    StartedAt: z.string().catch(''),
    FinishedAt: z.string().catch(''),
    Health: z
      .object({
        Status: z.enum(['none', 'starting', 'healthy', 'unhealthy']).catch('none'),
        FailingStreak: z.number().catch(0),
      })
      .nullish(),
  }),
  Config: z.object({ Image: z.string().catch(''), Labels: labels }),
  Mounts: z.array(mountPoint).nullish(),
  NetworkSettings: z
    .object({
      Ports: z
        .record(z.string(), z.array(z.object({ HostIp: z.string(), HostPort: z.string() })).nullable())
        .nullish(),
      Networks: networks,
    })
    .nullish(),
});

/** Milliseconds since 1970; null for Go's zero time, which the engine gives for "never". */
function instantOf(text: string): number | null {
  const time = Date.parse(text);
  return Number.isNaN(time) || text.startsWith('0001-') ? null : time;
}

const plainName = (name: string) => name.replace(/^\//, '');
const short = (text: string) => (text.length > COMMAND_LIMIT ? `${text.slice(0, COMMAND_LIMIT - 1)}…` : text);

/** The command as the engine's own list has it, so that an inspect does not seem to change it. */
const commandLine = (path: string, args: string[]) =>
  [path, ...args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg))].join(' ');

function projectOf(found: Record<string, string> | null | undefined) {
  return {
    project: found?.['com.docker.compose.project'] ?? null,
    service: found?.['com.docker.compose.service'] ?? null,
    projectFile: found?.['com.docker.compose.project.config_files']?.split(',')[0] ?? null,
  };
}

const byText = <T>(text: (item: T) => string) => {
  return (a: T, b: T) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
};

const mountsOf = (found: z.infer<typeof mountPoint>[] | null | undefined): Mount[] =>
  (found ?? [])
    .map(({ Type, Name, Source, Destination, RW }) => ({
      type: Type,
      ...(Name ? { name: Name } : {}),
      source: Source,
      destination: Destination,
      readOnly: !RW,
    }))
    .sort(byText((mount) => mount.destination));

const networksOf = (found: z.infer<typeof networks>) =>
  Object.entries(found ?? {})
    .map(([name, known]) => ({ id: known?.NetworkID ?? '', name, ip: known?.IPAddress ?? '' }))
    .sort(byText((network) => network.name));

const sortPorts = (ports: PortMapping[]) =>
  ports.sort(
    (a, b) =>
      a.containerPort - b.containerPort ||
      byText<PortMapping>((port) => `${port.protocol} ${port.hostIp ?? ''} ${port.hostPort ?? ''}`)(a, b),
  );

/** What the list tells. Health, exit code and times are left for an inspect. */
export function fromList(listed: z.infer<typeof listedContainer>): Container {
  return {
    id: listed.Id,
    // Links of other containers are further names, with a slash in them.
    name: plainName(
      (listed.Names ?? []).find((name) => name.lastIndexOf('/') === 0) ?? listed.Names?.[0] ?? '',
    ),
    image: listed.Image,
    imageId: listed.ImageID,
    command: short(listed.Command ?? ''),
    createdAt: listed.Created * 1000,
    state: listed.State,
    health: 'none',
    failingStreak: 0,
    exitCode: null,
    oomKilled: false,
    startedAt: null,
    finishedAt: null,
    restartCount: 0,
    startError: '',
    ports: sortPorts(
      (listed.Ports ?? []).map(({ IP, PrivatePort, PublicPort, Type }) => ({
        containerPort: PrivatePort,
        protocol: Type,
        ...(PublicPort === undefined ? {} : { hostIp: IP ?? '0.0.0.0', hostPort: PublicPort }),
      })),
    ),
    mounts: mountsOf(listed.Mounts),
    networks: networksOf(listed.NetworkSettings?.Networks),
    ...projectOf(listed.Labels),
    busy: null,
  };
}

function portsOf(inspected: z.infer<typeof inspectedContainer>): PortMapping[] {
  const ports = Object.entries(inspected.NetworkSettings?.Ports ?? {}).flatMap(([key, bindings]) => {
    const [port = '', protocol = 'tcp'] = key.split('/');
    if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
    const base = { containerPort: Number(port), protocol } as const;
    if (!bindings?.length) return [base];
    return bindings.map(({ HostIp, HostPort }) => ({
      ...base,
      hostIp: HostIp || '0.0.0.0',
      hostPort: Number(HostPort),
    }));
  });
  return sortPorts(ports);
}

/** Everything that a list shows of one container. */
export function fromInspect(inspected: z.infer<typeof inspectedContainer>): Container {
  const { State, Config } = inspected;
  const finished = State.Status === 'exited' || State.Status === 'dead';
  return {
    id: inspected.Id,
    name: plainName(inspected.Name),
    image: Config.Image,
    imageId: inspected.Image,
    command: short(commandLine(inspected.Path, inspected.Args ?? [])),
    createdAt: Math.floor((instantOf(inspected.Created) ?? 0) / 1000) * 1000,
    state: State.Status,
    health: State.Health?.Status ?? 'none',
    failingStreak: State.Health?.FailingStreak ?? 0,
    // The engine keeps the last exit code while it runs again, and has 0 before the first start.
    exitCode: finished || State.Status === 'restarting' ? State.ExitCode : null,
    oomKilled: State.OOMKilled,
    startedAt: instantOf(State.StartedAt),
    finishedAt: instantOf(State.FinishedAt),
    restartCount: inspected.RestartCount,
    startError: State.Error,
    ports: portsOf(inspected),
    mounts: mountsOf(inspected.Mounts),
    networks: networksOf(inspected.NetworkSettings?.Networks),
    ...projectOf(Config.Labels),
    busy: null,
  };
}
