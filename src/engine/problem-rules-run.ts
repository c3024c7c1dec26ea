import type { ProblemAction } from '#contract/problem';
import { bare, type ProblemContext, type ProblemRule, shortId } from './problem-rule';

const change = (label: string, field: string, value: unknown): ProblemAction => ({
  kind: 'change',
  label,
  field,
  value,
});
const openContainer = (holder: { id: string; name: string }, tab?: string): ProblemAction => ({
  kind: 'open',
  label: `Show ${holder.name}`,
  page: 'containers',
  target: holder.id,
  tab,
});

function nameTaken(name: string, id: string, context: ProblemContext): ProblemAction[] {
  const actions: ProblemAction[] = [];
  if (context.freeName) actions.push(change(`Use ${context.freeName}`, 'name', context.freeName));
  actions.push({ kind: 'open', label: `Open ${name}`, page: 'containers', target: id });
  actions.push({
    kind: 'call',
    label: `Delete the old ${name}`,
    procedure: 'containers.remove',
    input: { ids: [id] },
  });
  return actions;
}

/** Where the title speaks of what is in the way, the explanation says what it was in the way of. */
const notStarted = ({ name }: ProblemContext) => (name ? `${name} could not start. ` : '');

function otherPort(context: ProblemContext): ProblemAction[] {
  const { freePort, field } = context;
  return freePort && field ? [change(`Use ${freePort}`, field, freePort)] : [];
}

function stopHolder(context: ProblemContext): ProblemAction[] {
  if (!context.holder) return [];
  const { id, name } = context.holder;
  return [
    { kind: 'call', label: `Stop ${name}`, procedure: 'containers.stop', input: { ids: [id] } },
    openContainer({ id, name }),
  ];
}

const resetCommand = (context: ProblemContext): ProblemAction[] =>
  context.field ? [change('Use the image’s own command', 'command', undefined)] : [];

/** What goes wrong when a container is made or started. More exact patterns come first. */
export const runRules: ProblemRule[] = [
  {
    code: 'name-taken',
    status: [409],
    pattern: /container name "([^"]+)" is already in use by container "?([0-9a-f]+)/,
    make: ([, rawName = '', id = ''], context) => {
      const name = bare(rawName);
      return {
        title: `A container called ${name} already exists`,
        explanation: `Names are unique on one engine. Container ${shortId(id)} has this one.`,
        actions: nameTaken(name, id, context),
      };
    },
  },
  {
    code: 'port-taken',
    pattern: /Bind for (\S+?):(\d+) failed: port is already allocated/,
    make: ([, , port = ''], context) => ({
      title: context.holder
        ? `Port ${port} is already used by container ${context.holder.name}`
        : `Port ${port} is already used by another container`,
      explanation: `${notStarted(context)}A port on this computer can lead to one container only.`,
      actions: [...otherPort(context), ...stopHolder(context)],
    }),
  },
  {
    code: 'port-taken-by-program',
    pattern: /(?:bind|listen)[^\n]*?:(\d+)[^\n]*address already in use|EADDRINUSE[^\n]*?:(\d+)\b/,
    make: ([, first, second], context) => ({
      title: `Port ${first ?? second ?? ''} is used by another program on this computer`,
      explanation: `${notStarted(context)}A program outside of any container listens on this port, so the engine cannot have it.`,
      actions: otherPort(context),
    }),
  },
  {
    code: 'port-reserved',
    pattern: /:(\d+)[^\n]*access a socket in a way forbidden by its access permissions/,
    make: ([, port = ''], context) => ({
      title: `Windows has reserved port ${port}`,
      explanation: 'Windows keeps ranges of ports for itself, and this one is in such a range.',
      actions: otherPort(context),
    }),
  },
  {
    code: 'port-not-allowed',
    pattern: /(?:expose privileged port (\d+)|bind[^\n]*?:(\d+)[^\n]*permission denied)/,
    make: ([, privileged, refused], context) => ({
      title: `The engine may not open port ${privileged ?? refused ?? ''}`,
      explanation:
        'Ports below 1024 need rights that neither a rootless engine nor an ordinary user, as whom Gantry’s VM runs, has.',
      actions: otherPort(context),
    }),
  },
  {
    code: 'port-no-address',
    // Of Gantry's VM with an IPv6 address, and of everything else.
    pattern:
      /(?:bind :\d+ on ([0-9a-f:]+)|(?:bind|listen \w+) \[?([0-9a-f.:]+?)\]?:\d+):(?: bind:)? cannot assign requested address/,
    make: ([, six, other], { field }) => ({
      title: `This computer has no address ${six ?? other ?? ''}`,
      explanation:
        'A port can be published at an address that the computer has, or without one. The address may have changed with the network.',
      actions: field?.endsWith('.hostPort')
        ? [change('Publish on this computer only', field.replace(/hostPort$/, 'hostIp'), '127.0.0.1')]
        : [],
    }),
  },
  {
    code: 'folder-missing',
    status: [400, 500],
    pattern: /bind source path does not exist: ([^\n]+)/,
    make: ([, path = '']) => ({
      title: `The folder ${path.trim()} does not exist`,
      explanation: 'A container can only be given a folder that is there.',
      actions: [
        {
          kind: 'call',
          label: 'Create the folder',
          procedure: 'run.createFolder',
          input: { path: path.trim() },
        },
      ],
    }),
  },
  {
    code: 'mount-kind-mismatch',
    pattern: /not a directory[^\n]*(?:Are you trying to mount a directory onto a file|vice-versa)/i,
    make: () => ({
      title: 'A file was mounted onto a folder, or a folder onto a file',
      explanation: 'Both sides of a mount have to be of the same kind: two files or two folders.',
      actions: [],
    }),
  },
  {
    code: 'volume-name-invalid',
    status: [400, 500],
    pattern:
      /"([^"]*)" includes invalid characters for a local volume name|create (\S+): volume name is too short/,
    make: ([, said, short], context) => {
      const name = said ?? short ?? '';
      return {
        title: `${name} is not a name for a volume`,
        explanation: /[/\\]/.test(name)
          ? 'It looks like a path. A folder of this computer is given by its whole path, a volume by a plain name.'
          : 'A volume’s name has two or more letters, digits, “_”, “.” and “-”, and begins with a letter or digit.',
        actions:
          context.field && name.startsWith('/')
            ? [change('Use it as a folder', `${context.field}.type`, 'bind')]
            : [],
      };
    },
  },
  {
    code: 'mount-duplicate',
    status: [400, 500],
    pattern: /Duplicate mount point: ([^\n]+)/,
    make: ([, path = '']) => ({
      title: `Two mounts have the same place: ${path.trim()}`,
      explanation: 'Inside the container only one folder or volume can be at a path.',
      actions: [],
    }),
  },
  {
    code: 'name-invalid',
    status: [400],
    pattern: /Invalid container name \(([^)]*)\)/,
    make: ([, name = ''], context) => ({
      title: `${bare(name) || 'An empty text'} is not a name for a container`,
      explanation:
        'A name has letters, digits, “_”, “.” and “-” only, begins with a letter or digit and has at least two of them.',
      actions: context.freeName ? [change(`Use ${context.freeName}`, 'name', context.freeName)] : [],
    }),
  },
  {
    code: 'command-not-found',
    pattern:
      /exec: "([^"]*)": (?:executable file not found in \$PATH|stat [^\n]*no such file or directory|no such file or directory)|stat ([^\s:]+): no such file or directory: unknown/,
    make: ([, first, second], context) => ({
      title: `The start command ${first ?? second ?? ''} is not in the image`,
      explanation: 'The container has no such program, so it could not start (exit code 127).',
      actions: resetCommand(context),
    }),
  },
  {
    code: 'command-not-allowed',
    pattern: /exec: "?([^":\n]*)"?: permission denied/,
    make: ([, file = ''], context) => ({
      title: `The file ${file} may not be executed`,
      explanation: `It is not marked as a program (exit code 126). In the Dockerfile, RUN chmod +x ${file} repairs that.`,
      actions: resetCommand(context),
    }),
  },
  {
    code: 'exec-format',
    pattern: /exec (?:user process caused: )?[^\n]*exec format error|exec format error/,
    make: (_match, context) => ({
      title: 'The program was built for another processor',
      explanation: context.platform
        ? `This engine runs ${context.platform} programs, and this image has others.`
        : 'The image has programs that this computer’s processor cannot run.',
      actions: context.name
        ? [{ kind: 'open', label: 'Find other tags', page: 'discover', target: context.name }]
        : [],
    }),
  },
  {
    code: 'no-command',
    status: [400, 500],
    pattern: /[Nn]o command specified/,
    make: (_match, context) => ({
      title: 'The image does not say what to run',
      explanation:
        'It has neither a command nor an entrypoint. Say which program the container should start.',
      actions: context.field ? [change('Enter a command', 'command', [])] : [],
    }),
  },
  {
    code: 'no-gpu',
    pattern: /could not select device driver "[^"]*" with capabilities: \[\[gpu/,
    make: () => ({
      title: 'This engine has no GPU to give',
      explanation: 'The container asks for a GPU, and the engine has no driver for one.',
      actions: [],
    }),
  },
  {
    code: 'workdir-invalid',
    pattern: /the working directory '([^']*)' is invalid, it needs to be an absolute path/,
    make: ([, path = ''], context) => ({
      title: `The working folder ${path} has to be a whole path`,
      explanation: 'Inside the container, paths begin with a slash.',
      actions: context.field ? [change(`Use /${path}`, 'workdir', `/${path}`)] : [],
    }),
  },
  {
    code: 'user-unknown',
    pattern: /unable to find user ([^:\n]+): no matching entries in passwd file/,
    make: ([, user = ''], context) => ({
      title: `The image has no user called ${user}`,
      explanation: 'The user has to be in the image’s own list of users; a number always works.',
      actions: context.field ? [change('Use the image’s own user', 'user', undefined)] : [],
    }),
  },
  {
    code: 'memory-too-small',
    status: [400, 500],
    pattern: /Minimum memory limit allowed is (\d+\s?\w+)/,
    make: ([, least = '']) => ({
      title: 'The memory limit is too small',
      explanation: `A container needs at least ${least}.`,
      actions: [],
    }),
  },
  {
    code: 'cpus-too-many',
    status: [400, 500],
    pattern: /[Rr]ange of CPUs is from ([\d.]+) to ([\d.]+)/,
    make: ([, , most = '']) => ({
      title: `The engine has ${Number(most)} processor cores only`,
      explanation: 'The limit cannot be higher than what is there.',
      actions: [],
    }),
  },
  {
    code: 'restart-with-auto-remove',
    status: [400, 500],
    pattern:
      /can't create 'AutoRemove' container with restart policy|can't have restart policy[^\n]*AutoRemove/i,
    make: () => ({
      title: 'A container that removes itself cannot restart by itself',
      explanation: 'Choose one of both: remove it when it ends, or start it again.',
      actions: [],
    }),
  },
];
