import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { toProblem } from './problems';

/** Where shells are, the most comfortable one first. */
const knownShells = ['/bin/bash', '/bin/ash', '/bin/sh', '/usr/bin/bash', '/usr/bin/sh', '/busybox/sh'];

/**
 * The keys that leave a container without ending its program. The engine's default, Ctrl-P Ctrl-Q, would hold back
 * every Ctrl-P, which shells use for the last command; nobody types these.
 */
const detachKeys = 'ctrl-@,ctrl-^,ctrl-@,ctrl-]';

/** Marks what a terminal started, in its environment. */
const mark = (sessionId: string) => `GANTRY_TERMINAL=${sessionId}`;

const execState = z.object({ Running: z.boolean(), ExitCode: z.number().nullable(), Pid: z.number() });

/** A program that the engine runs inside a container, with a TTY. */
export interface Shell {
  path: string;
  stream: Duplex;
  /** What it has printed already. */
  printed: Buffer[];
  resize(columns: number, rows: number): Promise<void>;
  exitCode(): Promise<number | null>;
}

export interface ShellOptions {
  containerId: string;
  sessionId: string;
  shell?: string;
  user?: string;
  columns: number;
  rows: number;
}

/** Resolves with the first bytes or the end, or when it was silent for a while, as a shell without a prompt is. */
function firstSign(stream: Duplex, printed: Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      stream.off('data', onData).off('end', settle).off('close', settle).off('error', onError);
      stream.pause();
      resolve();
    };
    const onData = (chunk: Buffer) => {
      printed.push(chunk);
      settle();
    };
    const onError = (error: Error) => {
      settle();
      reject(error);
    };
    const timer = setTimeout(settle, 500);
    stream.on('data', onData).once('end', settle).once('close', settle).once('error', onError);
  });
}

/** Starts the program; null when the container does not have it. */
async function tryShell(docker: Dockerode, path: string, options: ShellOptions): Promise<Shell | null> {
  const exec = await docker.getContainer(options.containerId).exec({
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
    Cmd: [path],
    DetachKeys: detachKeys,
    Env: ['TERM=xterm-256color', mark(options.sessionId)],
    ...(options.user ? { User: options.user } : {}),
  });
  const stream: Duplex = await exec.start({ hijack: true, stdin: true, Tty: true });
  const printed: Buffer[] = [];
  const state = async () => execState.parse(await exec.inspect());
  for (;;) {
    await firstSign(stream, printed);
    const { Running, ExitCode, Pid } = await state();
    // The engine calls it running before it has tried to start it.
    if (Running && Pid > 0) break;
    if (Running || ExitCode === null) continue;
    // 126 and 127 say that it could not be started. A program that ended by itself by now was one all the same.
    if (ExitCode !== 126 && ExitCode !== 127) break;
    stream.destroy();
    const problem = toProblem(Buffer.concat(printed).toString(), { doing: `run ${path}` });
    if (problem.code === 'user-unknown') throw new ProblemError(problem);
    return null;
  }
  const shell: Shell = {
    path,
    stream,
    printed,
    resize: async (columns, rows) => {
      await exec.resize({ w: columns, h: rows });
    },
    exitCode: async () => (await state()).ExitCode,
  };
  await shell.resize(options.columns, options.rows).catch(() => undefined);
  return shell;
}

function noShell(wanted: string | undefined): ProblemError {
  return new ProblemError({
    code: 'no-shell',
    title: wanted ? `${wanted} is not in this image` : 'There is no shell in this image',
    explanation: wanted
      ? 'The container has no such program, so a terminal cannot run it.'
      : 'Gantry looked for bash, ash and sh and found none. Small images leave them out on purpose.',
    actions: [],
  });
}

/** Starts the wanted shell, or the first one that the container has. */
export async function startShell(docker: Dockerode, options: ShellOptions): Promise<Shell> {
  const { containerId } = options;
  try {
    for (const path of options.shell ? [options.shell] : knownShells) {
      const shell = await tryShell(docker, path, options);
      if (shell) return shell;
    }
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'open a terminal', id: containerId }));
  }
  throw noShell(options.shell);
}

/**
 * Signals the shell of a session and all that still shares its terminal; a program that left it on purpose, such
 * as a service that was started from it, keeps running. Works by what every POSIX shell can do itself, because
 * process numbers outside the container mean nothing inside, and small images have no other tools. The first
 * marked process that leads a session is the shell.
 */
const killScript = `
signal=$1 mark=$2 leader=
for d in /proc/[0-9]*; do
  p=\${d#/proc/}
  while read -r e || [ -n "$e" ]; do
    case "$e" in *"$mark"*)
      read -r s < "$d/stat" && set -- \${s##*) }
      [ "$4" = "$p" ] && { [ -z "$leader" ] || [ "$p" -lt "$leader" ]; } && leader=$p;;
    esac
    e=
  done < "$d/environ"
done 2>/dev/null
[ -n "$leader" ] || exit 0
for d in /proc/[0-9]*; do
  read -r s < "$d/stat" && set -- \${s##*) } && [ "$4" = "$leader" ] && kill "-$signal" "\${d#/proc/}"
done 2>/dev/null
exit 0
`;

async function runScript(
  docker: Dockerode,
  containerId: string,
  cmd: string[],
  user: string,
): Promise<boolean> {
  const exec = await docker
    .getContainer(containerId)
    .exec({ AttachStdout: true, AttachStderr: true, Cmd: cmd, ...(user ? { User: user } : {}) });
  const stream: Duplex = await exec.start({ hijack: true, stdin: false });
  for await (const _said of stream);
  const { ExitCode } = execState.parse(await exec.inspect());
  return ExitCode === 0;
}

/** Sends a signal (`HUP`, `KILL`) to a session's shell and its jobs. */
export async function signalShell(
  docker: Dockerode,
  session: { containerId: string; sessionId: string; shell: string; user: string },
  signal: 'HUP' | 'KILL',
): Promise<void> {
  const { containerId, sessionId, user } = session;
  for (const tool of new Set([session.shell, ...knownShells])) {
    const cmd = [tool, '-c', killScript, 'gantry', signal, mark(sessionId)];
    if (await runScript(docker, containerId, cmd, user)) return;
  }
}
