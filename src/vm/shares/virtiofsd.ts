/** Serves folders of this computer to the guest with virtiofsd, which exists on Linux alone. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { ProblemError } from '#contract/problem';
import type { Virtiofsd } from '../qemu/programs';

const run = promisify(execFile);

/** A folder that is served to one machine. The server ends by itself when the machine does. */
export interface ServedFolder {
  pid: number;
  /** Resolves when it has ended, with its last words. */
  ended: Promise<string>;
  stop(): void;
}

/**
 * How files' owners in the guest are kept on this computer. `all`: the guest's root is the user, every other one is
 * one of the user's subordinate ids. `root-only`: there are no subordinate ids, so nothing can be given to others.
 * `same`: Gantry itself runs as root, and numbers are kept.
 */
type Owners = 'all' | 'root-only' | 'same';

const userNamespaces: Record<Owners, string[]> = {
  all: ['--user', '--map-auto', '--map-root-user'],
  'root-only': ['--user', '--map-root-user'],
  same: [],
};

/** Null where an ordinary user may not make user namespaces. */
async function possibleOwners(): Promise<Owners | null> {
  if (process.getuid?.() === 0) return 'same';
  for (const owners of ['all', 'root-only'] as const) {
    const works = await run('unshare', [...userNamespaces[owners], '--mount', 'true']).then(
      () => true,
      () => false,
    );
    if (works) return owners;
  }
  return null;
}

/**
 * Runs in the new mount namespace, with the folder, `ro` or `rw`, and the command.
 * - The one of QEMU 7.2 writes a lock below /run, where an ordinary user may not.
 * - It has no option for read-only; a folder that is mounted read-only over itself is safe from the guest's root, too.
 * - It holds a file open for each that the guest knows, so it gets as many as the user may have.
 */
const script = `
set -e
folder=$1; access=$2; shift 2
if [ -w /run ] && [ "$(id -u)" = 0 ] && [ "$GANTRY_OWN_RUN" = 1 ]; then mount -t tmpfs -o mode=755 tmpfs /run; fi
if [ "$access" = ro ]; then mount --bind -- "$folder" "$folder"; mount -o remount,bind,ro -- "$folder"; fi
ulimit -n "$(ulimit -Hn)"
exec "$@"
`;

/** In options of the form `a,b` the old one takes a comma within a value behind a backslash. */
function serverArguments({ program, kind }: Virtiofsd, folder: string, socket: string): string[] {
  const shared = ['--socket-path', socket];
  return kind === 'c'
    ? [
        program,
        `--socket-path=${socket}`,
        '--rlimit-nofile=0',
        ...['-o', `source=${folder.replaceAll('\\', '\\\\').replaceAll(',', '\\,')}`],
        ...['-o', 'cache=auto,sandbox=namespace,announce_submounts'],
      ]
    : [
        program,
        ...shared,
        ...['--shared-dir', folder, '--cache', 'auto', '--sandbox', 'namespace', '--announce-submounts'],
        ...['--rlimit-nofile', '0'],
      ];
}

/** Starts serving a folder on a socket and resolves when QEMU can connect, which it may do once. */
export async function startVirtiofsd(start: {
  virtiofsd: Virtiofsd;
  folder: string;
  writable: boolean;
  socket: string;
  signal: AbortSignal;
}): Promise<ServedFolder> {
  const { virtiofsd, folder, writable, socket, signal } = start;
  const owners = await possibleOwners();
  if (!owners) throw cannotShare(folder, 'This user may not make user namespaces.');
  await rm(socket, { force: true });
  const child = spawn(
    'unshare',
    [
      ...userNamespaces[owners],
      ...['--mount', 'sh', '-c', script, 'sh', folder, writable ? 'rw' : 'ro'],
      ...serverArguments(virtiofsd, folder, socket),
    ],
    {
      // It serves a machine that outlives this process.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, GANTRY_OWN_RUN: owners === 'same' ? '0' : '1' },
    },
  );
  const ended = lastWords(child);
  const stop = () => child.kill('SIGKILL');
  try {
    await once(child, 'spawn', { signal });
    const appeared = await Promise.race([appears(socket, signal), ended]);
    if (typeof appeared === 'string') throw cannotShare(folder, appeared);
  } catch (error) {
    stop();
    throw error;
  }
  const { pid } = child;
  if (pid === undefined) throw new Error('virtiofsd was started without a process');
  child.unref();
  return { pid, ended, stop };
}

const wordBytes = 4000;

function lastWords(child: ChildProcess): Promise<string> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-wordBytes);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(words.trim()));
  });
}

/** Resolves when the socket is there. It must not be connected to: the server takes one connection only. */
async function appears(socket: string, signal: AbortSignal): Promise<void> {
  const stopped = new AbortController();
  const watcher = watch(dirname(socket), { signal: AbortSignal.any([signal, stopped.signal]) });
  try {
    const isThere = () =>
      access(socket).then(
        () => true,
        () => false,
      );
    while (!(await isThere())) await once(watcher, 'change', { signal });
  } finally {
    stopped.abort();
  }
}

function cannotShare(folder: string, detail: string): ProblemError {
  return new ProblemError({
    code: 'vm-share-failed',
    title: `The folder ${folder} cannot be shared with the VM`,
    explanation: `The program that shares ${basename(folder)} ended before the VM could use it.`,
    actions: [{ kind: 'open', label: 'Change the folders', page: 'settings' }],
    detail,
  });
}
