/** Serves folders of this computer to the guest with virtiofsd, which exists on Linux alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { access, open, readFile, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import { pause } from '../pause';
import { identify, isAlive, processIdentity } from '../process-identity';
import { findVirtiofsd, type Virtiofsd } from '../qemu/programs';
import { readRecord, writeRecord } from '../records';
import { lastSerial } from '../serial';

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

/** A virtiofsd that this user can serve folders with. */
export interface VirtiofsServer extends Virtiofsd {
  owners: Owners;
}

/**
 * Null where folders go through the link instead: virtiofsd is not installed, or this user has no subordinate ids in
 * /etc/subuid and /etc/subgid or may not make user namespaces, as some distributions have it.
 * @param env with `GANTRY_SHARING=link`, the way of macOS and Windows is tried out on Linux
 */
export async function findServer(env = process.env): Promise<VirtiofsServer | null> {
  const virtiofsd = env.GANTRY_SHARING === 'link' ? null : await findVirtiofsd();
  const owners = virtiofsd && (await possibleOwners(virtiofsd.kind));
  return virtiofsd && owners ? { ...virtiofsd, owners } : null;
}

/** Null where this user cannot serve folders. */
async function possibleOwners(kind: Virtiofsd['kind']): Promise<Owners | null> {
  if (process.getuid?.() === 0) return 'same';
  // The one in C gives up its groups first, which a namespace without subordinate ids forbids.
  const ways = kind === 'c' ? (['all'] as const) : (['all', 'root-only'] as const);
  for (const owners of ways) if (await isAllowed(userNamespaces[owners])) return owners;
  return null;
}

/** How long a trial may take, which takes a few milliseconds. */
const trialMs = 5000;

/**
 * Whether this user may make such a namespace. Where the kernel refuses it, unshare of util-linux 2.38 ends and leaves a
 * helper behind, which waits for ever and keeps what it has got as output open: it is ended with its group.
 */
async function isAllowed(namespaces: readonly string[]): Promise<boolean> {
  const child = spawn('unshare', [...namespaces, '--mount', 'true'], {
    stdio: 'ignore',
    detached: true,
    signal: timeLimit(trialMs),
  });
  // Not installed, or too slow.
  const [code] = await once(child, 'exit').catch(() => [null]);
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
  return code === 0;
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
if [ "$GANTRY_OWN_RUN" = 1 ]; then mount -t tmpfs -o mode=755 tmpfs /run; fi
if [ "$access" = ro ]; then mount --bind -- "$folder" "$folder"; mount -o remount,bind,ro -- "$folder"; fi
ulimit -n "$(ulimit -Hn)"
exec "$@"
`;

function serverArguments({ program, kind }: Virtiofsd, folder: string, socket: string): string[] {
  if (kind === 'c') {
    // In options of the form `a,b` a comma within a value stands behind a backslash.
    const source = folder.replaceAll('\\', '\\\\').replaceAll(',', '\\,');
    return [
      ...[program, `--socket-path=${socket}`, '--rlimit-nofile=0'],
      ...['-o', `source=${source}`, '-o', 'cache=auto,sandbox=namespace,announce_submounts'],
    ];
  }
  return [
    ...[program, '--socket-path', socket, '--shared-dir', folder, '--rlimit-nofile', '0'],
    ...['--cache', 'auto', '--sandbox', 'namespace', '--announce-submounts'],
  ];
}

/** Starts serving a folder on a socket and resolves when QEMU can connect, which it may do once. */
export async function startVirtiofsd(start: {
  virtiofsd: VirtiofsServer;
  folder: string;
  writable: boolean;
  socket: string;
  signal: AbortSignal;
}): Promise<ServedFolder> {
  const { virtiofsd, folder, writable, socket, signal } = start;
  const { owners } = virtiofsd;
  await endForgotten(socket);
  const log = `${socket}.log`;
  const errors = await open(log, 'w', 0o600);
  const settled = new AbortController();
  try {
    const child = spawn(
      'unshare',
      [
        ...userNamespaces[owners],
        ...['--mount', 'sh', '-c', script, 'sh', folder, writable ? 'rw' : 'ro'],
        ...serverArguments(virtiofsd, folder, socket),
      ],
      {
        // It serves a machine that outlives this process, and so must what it writes to.
        detached: true,
        stdio: ['ignore', 'ignore', errors.fd],
        env: { ...process.env, GANTRY_OWN_RUN: owners === 'same' ? '0' : '1' },
      },
    );
    const ended = lastWords(child, log);
    const stop = () => child.kill('SIGKILL');
    try {
      const { pid } = child;
      const identity = pid === undefined ? null : await identify(pid);
      if (identity) await writeRecord(pidFile(socket), identity);
      const limit = AbortSignal.any([signal, settled.signal]);
      const outcome = await Promise.race([appears(socket, limit), ended]);
      if (outcome !== null || !identity) throw cannotShare(folder, outcome ?? '');
      // A signal that aborts later ends nothing.
      child.unref();
      return { pid: identity.pid, ended, stop };
    } catch (error) {
      stop();
      throw error;
    }
  } finally {
    settled.abort();
    await errors.close();
  }
}

const pidFile = (socket: string) => `${socket}.pid`;

/**
 * Ends a server of the same socket that waits for a machine which never came: whoever started it was killed, or the
 * machine did not start. One that serves a machine has ended with it.
 */
async function endForgotten(socket: string): Promise<void> {
  const identity = await readRecord(pidFile(socket), processIdentity);
  try {
    if (identity && (await isAlive(identity))) process.kill(identity.pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
  await rm(pidFile(socket), { force: true });
  await rm(socket, { force: true });
}

const wordBytes = 4000;

function lastWords(child: ChildProcess, log: string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', async () => resolve((await lastSerial(log, wordBytes)).trim()));
  });
}

/** How long a socket that is there is waited for to be listened on, in milliseconds: a moment of a busy computer. */
const listenMs = 3000;

/**
 * Resolves to null when the socket is there and is listened on. It must not be connected to: the server takes one
 * connection only.
 */
async function appears(socket: string, signal: AbortSignal): Promise<null> {
  const isThere = () =>
    access(socket).then(
      () => true,
      () => false,
    );
  const watcher = watch(dirname(socket), { signal });
  while (!(await isThere())) await once(watcher, 'change', { signal });
  // Of the listening, which comes after it, no event tells; in between QEMU would be refused.
  for (const end = Date.now() + listenMs; Date.now() < end && !(await isListenedOn(socket)); )
    await pause(10, signal);
  return null;
}

/** Each line of Linux' list of sockets has their flags as the fourth field; 00010000 is for one that listens. */
export async function isListenedOn(socket: string): Promise<boolean> {
  const list = await readFile('/proc/net/unix', 'utf8');
  return list.split('\n').some((line) => line.endsWith(` ${socket}`) && line.split(/\s+/)[3] === '00010000');
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
