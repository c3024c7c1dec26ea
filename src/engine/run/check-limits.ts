import type { EngineState, RunFinding, RunSpec } from '#contract';
import { change, repeated, trouble, warning } from './finding';

const LEAST_MEMORY = 6 * 1024 * 1024;

/** capabilities(7) as of Linux 6.12, without the prefix; what the docker CLI and the engine accept. */
const capabilities = new Set(
  `ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH
  FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN
  NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT
  SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM`.split(
    /\s+/,
  ),
);
/** With one of these a program can leave its container. */
const powerful = new Set(
  'ALL SYS_ADMIN SYS_MODULE SYS_PTRACE SYS_RAWIO DAC_READ_SEARCH BPF MKNOD'.split(' '),
);

const bareCapability = (text: string) => text.toUpperCase().replace(/^CAP_/, '');

function checkCapabilities({ capAdd, capDrop }: RunSpec): RunFinding[] {
  const unknown = (field: string, list: readonly string[]) =>
    list.flatMap((cap, index) =>
      capabilities.has(bareCapability(cap))
        ? []
        : [trouble(`${field}.${index}`, `${cap || 'An empty text'} is not a capability.`)],
    );
  const strong = capAdd.flatMap((cap, index) =>
    powerful.has(bareCapability(cap))
      ? [warning(`capAdd.${index}`, `With ${cap} a program can get out of the container.`)]
      : [],
  );
  return [...unknown('capAdd', capAdd), ...unknown('capDrop', capDrop), ...strong];
}

function checkResources({ cpus, memoryBytes }: RunSpec, facts: EngineState['facts']): (RunFinding | null)[] {
  const tooSmall = memoryBytes !== undefined && memoryBytes < LEAST_MEMORY;
  const tooMany = cpus !== undefined && facts !== null && facts.cpus > 0 && cpus > facts.cpus;
  return [
    tooSmall
      ? trouble(
          'memoryBytes',
          'A container needs at least 6 MB.',
          change('Use 6 MB', 'memoryBytes', LEAST_MEMORY),
        )
      : null,
    tooMany
      ? trouble(
          'cpus',
          `The engine has ${facts.cpus} cores.`,
          change(`Use ${facts.cpus}`, 'cpus', facts.cpus),
        )
      : null,
  ];
}

function platformFinding({ platform }: RunSpec, facts: EngineState['facts']): RunFinding | null {
  if (!platform) return null;
  const [, os, arch] = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/v\d+)?$/.exec(platform) ?? [];
  if (!os || !arch) return trouble('platform', 'A platform looks like linux/arm64.');
  if (!facts || (os === facts.os && arch === facts.arch)) return null;
  return warning(
    'platform',
    `The engine runs ${facts.os}/${facts.arch}. Programs for ${platform} need emulation, and are slower.`,
    change('Use the engine’s platform', 'platform', undefined),
  );
}

function healthFindings({ health }: RunSpec): (RunFinding | null)[] {
  if (!health) return [];
  return [
    health.command.trim() === ''
      ? trouble('health.command', 'Say which command tells whether it is well.')
      : null,
    // The engine refuses shorter ones (moby, MinimumDuration).
    health.intervalSeconds < 0.001 || health.timeoutSeconds < 0.001
      ? trouble('health', 'A health check takes at least a millisecond.')
      : null,
  ];
}

function checkLabels({ labels }: RunSpec): RunFinding[] {
  return [
    ...labels.flatMap(({ name }, index) =>
      name === '' ? [trouble(`labels.${index}`, 'The label has no name.')] : [],
    ),
    ...repeated(labels, ({ name }) => name || null).map((index) =>
      warning(`labels.${index}`, `${labels[index]?.name} is in this list already; the last one counts.`),
    ),
  ];
}

/** What is wrong with limits, rights and the other single values. */
export function checkLimits(spec: RunSpec, facts: EngineState['facts']): RunFinding[] {
  const { workdir, hostname, privileged, autoRemove, restart } = spec;
  const single = [
    workdir && !workdir.startsWith('/')
      ? trouble(
          'workdir',
          'The working folder has to be a full path, beginning with a slash.',
          change(`Use /${workdir}`, 'workdir', `/${workdir}`),
        )
      : null,
    hostname && !/^[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,62}[a-zA-Z0-9])?$/.test(hostname)
      ? trouble('hostname', 'A host’s name has letters, digits, “.” and “-” only, 64 at most.')
      : null,
    privileged
      ? warning(
          'privileged',
          'It can do everything that the engine’s machine can, as if it were no container.',
        )
      : null,
    autoRemove && restart !== 'no'
      ? trouble(
          'restart',
          'A container that removes itself cannot restart by itself.',
          change('Leave it when it stops', 'restart', 'no'),
          change('Keep it when it stops', 'autoRemove', false),
        )
      : null,
  ];
  return [
    ...single,
    ...checkResources(spec, facts),
    platformFinding(spec, facts),
    ...healthFindings(spec),
    ...checkLabels(spec),
    ...checkCapabilities(spec),
  ].filter((finding) => finding !== null);
}
