import type { Problem, ProblemAction } from '#contract/problem';
import { download, runAnew, search, showLog, showNetworks, start } from './actions';
import type { Circumstances, LastWordsEntry } from './entry';
import { variableEntries } from './variables';

const logAndStart = ({ container }: Circumstances): ProblemAction[] => [
  showLog(container.Id),
  start(container.Id),
];
const anewAndLog = ({ container }: Circumstances): ProblemAction[] => [
  runAnew(container.Config.Image),
  showLog(container.Id),
];

/** What names a place in a line: `'/data'`, `"/data"`, `/data`. */
const place = /["'‘“]([^"'’”\n]+)["'’”]|(?<![\w.])(\/[\w./@-]+)/;
const placeIn = (line: string) => {
  const [, quoted, plain] = place.exec(line) ?? [];
  return quoted ?? plain;
};

const isSelf = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.');

function unreachable(line: string, all: Circumstances) {
  const { Name } = all.container;
  const server = /\b(localhost|::1|\d{1,3}(?:\.\d{1,3}){3})\b[\])]?(?::(\d+)|[^\n]*?port (\d+))?/i.exec(line);
  const host = server?.[1];
  const port = server?.[2] ?? server?.[3];
  if (host && isSelf(host)) {
    return {
      title: `${Name} found no server at ${host}${port ? `:${port}` : ''}`,
      explanation:
        'Inside a container, “localhost” is the container itself. A server in another container is reached by that container’s name, in a network that both are in.',
      actions: [...anewAndLog(all), showNetworks],
    };
  }
  return {
    title: `${Name} could not connect to a server that it needs`,
    explanation:
      'Nothing took the connection. The server may not run yet, listen on another port, or be in another network.',
    actions: [...logAndStart(all), showNetworks],
  };
}

/** Reasons for an end with an error that programs print in ways that many share. More exact patterns come first. */
export const lastWordsEntries: readonly LastWordsEntry[] = [
  {
    code: 'exec-format',
    pattern: /exec format error/i,
    explain: (_match, { container, enginePlatform, imagePlatform }) => ({
      title: `${container.Name} was built for another processor`,
      explanation:
        enginePlatform && imagePlatform !== enginePlatform
          ? `This engine runs ${enginePlatform} programs, and this image has others.`
          : 'The file that it starts is no program for this computer’s processor, or a script without its first line “#!/bin/sh”.',
      actions: [
        ...(enginePlatform
          ? [download(`Download it for ${enginePlatform}`, container.Config.Image, enginePlatform)]
          : []),
        search('Find other tags', container.Config.Image),
        showLog(container.Id),
      ],
    }),
  },
  {
    code: 'interpreter-missing',
    // `exec /run.sh: no such file or directory` by runc; `env: can't execute 'bash\r'`; `bad interpreter`.
    pattern:
      /^(?:\S+ )?exec (?:user process caused: |(\S+): )no such file or directory|\\r|\r': |\^M|bad interpreter/im,
    explain: ([, file], all) => ({
      title: `${all.container.Name} could not run its start script`,
      explanation: `The file${file ? ` ${file}` : ''} is there, but not the program that should run it. Often the script was saved with Windows line endings: save it with “LF” line endings, and build the image again. Or the image lacks the shell that the script’s first line names.`,
      actions: anewAndLog(all),
    }),
  },
  ...variableEntries,
  {
    code: 'password-refused',
    pattern:
      /password authentication failed for user|Access denied for user|WRONGPASS|Authentication failed\.?$/im,
    explain: (_match, all) => ({
      title: `${all.container.Name} gave a password that was not accepted`,
      explanation:
        'A database keeps the password of its very first start in its volume; another value of the variable does not change it. Use that first password, or begin with a new volume.',
      actions: anewAndLog(all),
    }),
  },
  {
    code: 'address-in-use',
    pattern: /address (?:is )?already in use|EADDRINUSE|only one usage of each socket address/i,
    explain: (_match, all) => ({
      title: `${all.container.Name} could not open its port`,
      explanation:
        all.container.HostConfig.NetworkMode === 'host'
          ? 'It uses the network of the engine’s machine, and another program there has this port already.'
          : 'Inside the container another program has this port already: it may start its server twice.',
      actions: logAndStart(all),
    }),
  },
  {
    code: 'name-not-found',
    pattern:
      /(?:ENOTFOUND|EAI_AGAIN|could not translate host name|bad address|lookup|could not resolve(?: host)?:?|Unknown MySQL server host) ?["']?([\w.-]+)["']?|Name or service not known|Temporary failure in name resolution|no such host/i,
    explain: ([, host], all) => ({
      title: host
        ? `${all.container.Name} found no server called ${host}`
        : `${all.container.Name} could not find a server by its name`,
      explanation:
        'Containers find one another by name only in a network that you made, not in the default one. Check the name, and that both are in the same network.',
      actions: [showNetworks, ...logAndStart(all)],
    }),
  },
  {
    code: 'server-unreachable',
    pattern:
      /[^\n]*(?:ECONNREFUSED|connection refused|could not connect to server|Can't connect to (?:MySQL|MariaDB|local)|no route to host|EHOSTUNREACH|ETIMEDOUT|i\/o timeout)[^\n]*/i,
    explain: ([line], all) => unreachable(line, all),
  },
  {
    code: 'disk-full-inside',
    pattern: /no space left on device|ENOSPC/i,
    explain: (_match, all) => ({
      title: `${all.container.Name} had no room left to write`,
      explanation: 'The engine’s disk, or a smaller place that it writes to, is full.',
      actions: [{ kind: 'open', label: 'Find unused images', page: 'images' }, ...logAndStart(all)],
    }),
  },
  {
    code: 'read-only',
    pattern: /[^\n]*(?:read-only file ?system|EROFS)[^\n]*/i,
    explain: ([line], all) => ({
      title: `${all.container.Name} wanted to write where it may only read`,
      explanation: `${placeIn(line) ?? 'The place'} is mounted read only. Mount it for writing, or give it a volume there.`,
      actions: anewAndLog(all),
    }),
  },
  {
    code: 'permission-denied',
    pattern: /[^\n]*(?:permission denied|EACCES|operation not permitted|EPERM)[^\n]*/i,
    explain: ([line], all) => ({
      title: `${all.container.Name} may not use ${placeIn(line) ?? 'a file that it needs'}`,
      explanation: `It runs as the user ${all.container.Config.User || 'root'}, and the file belongs to another one or is not marked as a program. Give a mounted folder to this user (chown), or a volume instead of a folder.`,
      actions: anewAndLog(all),
    }),
  },
  {
    code: 'program-missing',
    // `sh: serve: not found`, `/run.sh: line 3: serve: command not found`.
    pattern: /(?:^|: )(?:line \d+: |\d+: )?([\w./-]+): (?:command )?not found$/im,
    explain: ([, program = ''], all) => ({
      title: `${all.container.Name} called ${program}, which its image does not have`,
      explanation: 'Its start command or script calls a program that is not in the image.',
      actions: anewAndLog(all),
    }),
  },
  {
    code: 'file-missing',
    pattern: /[^\n]*(?:no such file or directory|ENOENT|Cannot find module|ModuleNotFoundError)[^\n]*/i,
    explain: ([line], all) => ({
      title: `${all.container.Name} did not find ${placeIn(line) ?? 'a file that it needs'}`,
      explanation:
        'A program looks for files inside its container only. What is on this computer has to be mounted, or copied when the image is built.',
      actions: anewAndLog(all),
    }),
  },
];

/** Characters of a line that are looked at. */
const LOOKED_AT = 1000;

/** What the last lines of a container that failed tell, when they tell something that is known. */
export function lastWords(all: Circumstances): Problem | null {
  const text = all.lastLines.map((line) => line.slice(0, LOOKED_AT)).join('\n');
  for (const { code, pattern, explain } of lastWordsEntries) {
    const match = pattern.exec(text);
    if (match) return { code, ...explain(match, all), detail: text };
  }
  return null;
}
