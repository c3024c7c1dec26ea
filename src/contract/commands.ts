import type { RunSpec } from './run';
import { quoteWord } from './shell-words';

/** An argument of a command line; a secret one is shown as dots unless the user copies it on purpose. */
export type CommandPart = string | { secret: string };

/** The `docker …` line that does the same as a view or a procedure. Objects are given by the name a person would type. */
export const commands = {
  containers: {
    list: (): CommandPart[] => ['docker', 'ps', '--all'],
    start: (names: string[]): CommandPart[] => ['docker', 'start', ...names],
    stop: (names: string[], timeout?: number): CommandPart[] => [
      'docker',
      'stop',
      ...(timeout === undefined ? [] : ['--time', String(timeout)]),
      ...names,
    ],
    restart: (names: string[]): CommandPart[] => ['docker', 'restart', ...names],
    pause: (names: string[]): CommandPart[] => ['docker', 'pause', ...names],
    unpause: (names: string[]): CommandPart[] => ['docker', 'unpause', ...names],
    kill: (names: string[], signal?: string): CommandPart[] => [
      'docker',
      'kill',
      ...(signal ? ['--signal', signal] : []),
      ...names,
    ],
    rename: (from: string, to: string): CommandPart[] => ['docker', 'rename', from, to],
    remove: (names: string[], options: { volumes?: boolean } = {}): CommandPart[] => [
      'docker',
      'rm',
      '--force',
      ...(options.volumes ? ['--volumes'] : []),
      ...names,
    ],
    logs: (
      name: string,
      options: { follow?: boolean; timestamps?: boolean; tail?: number } = {},
    ): CommandPart[] => [
      'docker',
      'logs',
      ...(options.follow ? ['--follow'] : []),
      ...(options.timestamps ? ['--timestamps'] : []),
      ...(options.tail === undefined ? [] : ['--tail', String(options.tail)]),
      name,
    ],
    terminal: (name: string, shell: string, user?: string): CommandPart[] => [
      'docker',
      'exec',
      '--interactive',
      '--tty',
      ...(user ? ['--user', user] : []),
      name,
      shell,
    ],
    stats: (names: string[]): CommandPart[] => ['docker', 'stats', ...names],
    processes: (name: string): CommandPart[] => ['docker', 'top', name],
    inspect: (name: string): CommandPart[] => ['docker', 'inspect', name],
    setMemoryLimit: (name: string, memoryBytes: number): CommandPart[] => [
      'docker',
      'update',
      '--memory',
      String(memoryBytes),
      '--memory-swap',
      String(memoryBytes),
      name,
    ],
  },
  images: {
    list: (): CommandPart[] => ['docker', 'images', '--all'],
    pull: (reference: string, platform?: string): CommandPart[] => [
      'docker',
      'pull',
      ...(platform ? ['--platform', platform] : []),
      reference,
    ],
    tag: (from: string, to: string): CommandPart[] => ['docker', 'tag', from, to],
    untag: (reference: string): CommandPart[] => ['docker', 'rmi', reference],
    remove: (names: string[]): CommandPart[] => ['docker', 'rmi', ...names],
    layers: (name: string): CommandPart[] => ['docker', 'history', '--no-trunc', name],
    inspect: (name: string): CommandPart[] => ['docker', 'image', 'inspect', name],
  },
  volumes: {
    list: (): CommandPart[] => ['docker', 'volume', 'ls'],
    create: (name: string, driver?: string): CommandPart[] => [
      'docker',
      'volume',
      'create',
      ...(driver ? ['--driver', driver] : []),
      name,
    ],
    remove: (names: string[]): CommandPart[] => ['docker', 'volume', 'rm', ...names],
    inspect: (name: string): CommandPart[] => ['docker', 'volume', 'inspect', name],
  },
  networks: {
    list: (): CommandPart[] => ['docker', 'network', 'ls'],
    create: (
      name: string,
      options: {
        driver?: string;
        internal?: boolean;
        attachable?: boolean;
        subnet?: string;
        gateway?: string;
      } = {},
    ): CommandPart[] => [
      'docker',
      'network',
      'create',
      ...(options.driver ? ['--driver', options.driver] : []),
      ...(options.internal ? ['--internal'] : []),
      ...(options.attachable ? ['--attachable'] : []),
      ...(options.subnet ? ['--subnet', options.subnet] : []),
      ...(options.gateway ? ['--gateway', options.gateway] : []),
      name,
    ],
    remove: (names: string[]): CommandPart[] => ['docker', 'network', 'rm', ...names],
    connect: (network: string, container: string): CommandPart[] => [
      'docker',
      'network',
      'connect',
      network,
      container,
    ],
    disconnect: (network: string, container: string): CommandPart[] => [
      'docker',
      'network',
      'disconnect',
      '--force',
      network,
      container,
    ],
    inspect: (name: string): CommandPart[] => ['docker', 'network', 'inspect', name],
  },
  engine: {
    diskUsage: (): CommandPart[] => ['docker', 'system', 'df'],
    search: (term: string): CommandPart[] => ['docker', 'search', term],
  },
  run: runCommand,
};

const option = (name: string, value: string | undefined): CommandPart[] =>
  value === undefined || value === '' ? [] : [name, value];

/** A value inside `--mount` or `--tmpfs` is read as CSV by the docker CLI: quotes are doubled, the field quoted. */
const csvField = (field: string) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

function mountParts(mount: RunSpec['mounts'][number]): CommandPart[] {
  const fields = [`type=${mount.type}`];
  if (mount.source) fields.push(`source=${mount.source}`);
  fields.push(`target=${mount.target}`);
  if (mount.readOnly) fields.push('readonly');
  const plain = mount.type === 'volume' && /^\w[\w.-]*$/.test(mount.source) && !mount.target.includes(':');
  if (plain) return ['--volume', `${mount.source}:${mount.target}${mount.readOnly ? ':ro' : ''}`];
  // Not `--volume` for folders: it would create a missing one without a word, and Gantry does not.
  return ['--mount', fields.map(csvField).join(',')];
}

function portPart(port: RunSpec['ports'][number]): string {
  const ip = port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp;
  const host = port.hostPort === null ? '' : String(port.hostPort);
  const address = ip === '0.0.0.0' ? (host ? `${host}:` : '') : `${ip}:${host}:`;
  return `${address}${port.containerPort}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`;
}

/** `512m`, `2g`: as the docker CLI reads it, in powers of 1024. */
function memoryValue(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const power = [3, 2, 1].find((step) => bytes % 1024 ** step === 0) ?? 0;
  return `${bytes / 1024 ** power}${['', 'k', 'm', 'g'][power]}`;
}

function healthParts(health: RunSpec['health']): CommandPart[] {
  if (!health) return [];
  return [
    '--health-cmd',
    health.command,
    '--health-interval',
    `${health.intervalSeconds}s`,
    '--health-timeout',
    `${health.timeoutSeconds}s`,
    '--health-retries',
    String(health.retries),
    '--health-start-period',
    `${health.startPeriodSeconds}s`,
  ];
}

function runCommand(spec: RunSpec): CommandPart[] {
  const [entrypoint, ...entrypointRest] = spec.entrypoint ?? [];
  return [
    'docker',
    'run',
    '--detach',
    ...(spec.tty ? ['--interactive', '--tty'] : []),
    ...(spec.autoRemove ? ['--rm'] : []),
    ...option('--name', spec.name),
    ...spec.ports.flatMap((port) => ['--publish', portPart(port)]),
    ...spec.env.flatMap(({ name, value, secret }) => {
      const pair = `${name}=${value}`;
      return ['--env', secret && value ? { secret: pair } : pair];
    }),
    ...spec.mounts.flatMap(mountParts),
    ...(spec.restart === 'no' ? [] : ['--restart', spec.restart]),
    ...option('--user', spec.user),
    ...option('--workdir', spec.workdir),
    ...option('--network', spec.network),
    ...option('--hostname', spec.hostname),
    ...spec.labels.flatMap(({ name, value }) => ['--label', `${name}=${value}`]),
    ...option('--cpus', spec.cpus === undefined ? undefined : String(spec.cpus)),
    ...option('--memory', memoryValue(spec.memoryBytes)),
    ...healthParts(spec.health),
    ...option('--platform', spec.platform),
    ...(spec.privileged ? ['--privileged'] : []),
    ...spec.capAdd.flatMap((cap) => ['--cap-add', cap]),
    ...spec.capDrop.flatMap((cap) => ['--cap-drop', cap]),
    // The CLI's --entrypoint takes one word; the others go before the command. An empty one takes the image's away.
    ...(entrypoint === undefined ? [] : ['--entrypoint', entrypoint]),
    spec.image,
    ...entrypointRest,
    ...(spec.command ?? []),
  ];
}

/** For `NAME=value` keeps the name and hides the value. */
const mask = (secret: string) => `${secret.slice(0, secret.indexOf('=') + 1)}••••••••`;

/** Words ready for a POSIX shell; secrets as dots unless `reveal`. */
export function commandWords(parts: CommandPart[], options: { reveal?: boolean } = {}): string[] {
  return parts.map((part) => {
    if (typeof part === 'string') return quoteWord(part);
    return options.reveal ? quoteWord(part.secret) : mask(part.secret);
  });
}

/** The arguments themselves, unquoted and unmasked, for running them. */
export const commandArguments = (parts: CommandPart[]): string[] =>
  parts.map((part) => (typeof part === 'string' ? part : part.secret));
