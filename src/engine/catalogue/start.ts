import type { ProblemAction } from '#contract/problem';
import {
  change,
  changeAndRun,
  changeOrRunAnew,
  download,
  remove,
  replace,
  search,
  showContainer,
} from './actions';
import { bare, type ProblemContext, type SaidEntry, shortId } from './entry';

function nameTaken(name: string, id: string, { freeName }: ProblemContext): ProblemAction[] {
  return [
    ...(freeName ? [changeAndRun(`Use ${freeName}`, 'name', freeName)] : []),
    showContainer({ id, name }, `Open ${name}`),
    remove(id, `Delete the old ${name}`),
  ];
}

const resetCommand = (context: ProblemContext): ProblemAction[] =>
  changeOrRunAnew(context, changeAndRun('Use the image’s own command', 'command', undefined), {
    kind: 'own-command',
  });

/** What goes wrong when a container is made or its program started. More exact patterns come first. */
export const startEntries: readonly SaidEntry[] = [
  {
    code: 'name-taken',
    status: [409],
    pattern: /container name "([^"]+)" is already in use by container "?([0-9a-f]+)/,
    explain: ([, rawName = '', id = ''], context) => {
      const name = bare(rawName);
      return {
        title: `A container called ${name} already exists`,
        explanation: `Names are unique on one engine. Container ${shortId(id)} has this one.`,
        actions: nameTaken(name, id, context),
      };
    },
  },
  {
    code: 'name-invalid',
    status: [400],
    pattern: /Invalid container name \(([^)]*)\)/,
    explain: ([, name = ''], context) => ({
      title: `${bare(name) || 'An empty text'} is not a name for a container`,
      explanation:
        'A name has letters, digits, “_”, “.” and “-” only, begins with a letter or digit and has at least two of them.',
      actions: context.freeName ? [changeAndRun(`Use ${context.freeName}`, 'name', context.freeName)] : [],
    }),
  },
  {
    code: 'command-not-found',
    pattern:
      /exec: "([^"]*)": (?:executable file not found in \$PATH|stat [^\n]*no such file or directory|no such file or directory)|stat ([^\s:]+): no such file or directory: unknown/,
    explain: ([, first, second], context) => ({
      title: `The start command ${first ?? second ?? ''} is not in the image`,
      explanation: 'The container has no such program, so it could not start (exit code 127).',
      actions: resetCommand(context),
    }),
  },
  {
    code: 'command-not-allowed',
    pattern: /exec: "?([^":\n]*)"?: permission denied/,
    explain: ([, file = ''], context) => ({
      title: `The file ${file} may not be executed`,
      explanation: `It is not marked as a program (exit code 126). In the Dockerfile, RUN chmod +x ${file} repairs that.`,
      actions: resetCommand(context),
    }),
  },
  {
    code: 'exec-format',
    pattern: /exec (?:user process caused: )?[^\n]*exec format error|exec format error/,
    explain: (_match, context) => ({
      title: 'The program was built for another processor',
      explanation: context.platform
        ? `This engine runs ${context.platform} programs, and this image has others.`
        : 'The image has programs that this computer’s processor cannot run.',
      actions: context.name
        ? [
            ...(context.platform
              ? [download(`Download it for ${context.platform}`, context.name, context.platform)]
              : []),
            search('Find other tags', context.name),
          ]
        : [],
    }),
  },
  {
    code: 'no-command',
    status: [400, 500],
    pattern: /[Nn]o command specified/,
    explain: (_match, context) => ({
      title: 'The image does not say what to run',
      explanation:
        'It has neither a command nor an entrypoint. Say which program the container should start.',
      actions: changeOrRunAnew(context, change('Enter a command', 'command', [])),
    }),
  },
  {
    code: 'no-gpu',
    pattern: /could not select device driver "[^"]*" with capabilities: \[\[gpu/,
    explain: (_match, { id }) => ({
      title: 'This engine has no GPU to give',
      explanation: 'The container asks for a GPU, and the engine has no driver for one.',
      actions: id ? [replace('Run it without a GPU', id, { kind: 'no-gpu' })] : [],
    }),
  },
  {
    code: 'workdir-invalid',
    pattern: /the working directory '([^']*)' is invalid, it needs to be an absolute path/,
    explain: ([, path = ''], context) => ({
      title: `The working folder ${path} is not a full path`,
      explanation: 'Inside the container, paths begin with a slash.',
      actions: changeOrRunAnew(context, changeAndRun(`Use /${path}`, 'workdir', `/${path}`)),
    }),
  },
  {
    code: 'user-unknown',
    pattern: /unable to find user ([^:\n]+): no matching entries in passwd file/,
    explain: ([, user = ''], context) => ({
      title: `The image has no user called ${user}`,
      explanation: 'The user has to be in the image’s own list of users; a number always works.',
      actions: changeOrRunAnew(context, changeAndRun('Use the image’s own user', 'user', undefined), {
        kind: 'own-user',
      }),
    }),
  },
  {
    code: 'memory-too-small',
    status: [400, 500],
    pattern: /Minimum memory limit allowed is (\d+\s?\w+)/,
    explain: ([, least = ''], context) => ({
      title: 'The memory limit is too small',
      explanation: `A container needs at least ${least}.`,
      actions: changeOrRunAnew(context, changeAndRun('Set no limit', 'memoryBytes', undefined)),
    }),
  },
  {
    code: 'cpus-too-many',
    status: [400, 500],
    pattern: /[Rr]ange of CPUs is from ([\d.]+) to ([\d.]+)/,
    explain: ([, , most = ''], context) => ({
      title: `The engine has ${Number(most)} processor cores only`,
      explanation: 'The limit cannot be higher than what is there.',
      actions: changeOrRunAnew(context, changeAndRun(`Use ${Number(most)}`, 'cpus', Number(most))),
    }),
  },
  {
    code: 'restart-with-auto-remove',
    status: [400, 500],
    pattern:
      /can't create 'AutoRemove' container with restart policy|can't have restart policy[^\n]*AutoRemove/i,
    explain: (_match, context) => ({
      title: 'A container that removes itself cannot restart by itself',
      explanation: 'Choose one of both: remove it when it ends, or start it again.',
      actions: changeOrRunAnew(context, changeAndRun('Leave it when it stops', 'restart', 'no')),
    }),
  },
];
