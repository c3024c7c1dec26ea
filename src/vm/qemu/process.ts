import { execFile, spawn } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { timeLimit } from '#contract/time-limit';
import { connectIfThere } from '../connect';
import type { Places } from '../places';
import { identify, isAlive, type ProcessIdentity, processIdentity } from '../process-identity';
import { readRecord, writeRecord } from '../records';
import { lastSerial } from '../serial';
import { nothing, Qmp } from './qmp';

/** A QEMU that runs on its own: it outlives the process that started it. */
export interface QemuProcess {
  pid: number;
  /** Resolves as soon as it has ended, with how, and with its last words where it had any. */
  exited: Promise<string>;
  /** Ends it at once, as pulling the plug would. */
  kill(): void;
}

type QemuPlaces = Pick<Places, 'run' | 'qemuPid' | 'qemuErrors' | 'qmpSocket' | 'linkSocket' | 'aliveSocket'>;

const errorBytes = 2000;

async function ending(how: string, places: QemuPlaces): Promise<string> {
  // Nothing is to be found any more; whoever starts the next one waits for this end.
  await rm(places.qemuPid, { force: true });
  const words = (await lastSerial(places.qemuErrors, errorBytes)).trim();
  return words === '' ? how : `${how}: ${words}`;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/**
 * Starts QEMU detached from this process and remembers it in a file, with when it began. Rejects when it cannot be
 * started at all; a QEMU that starts and then refuses its arguments shows in `exited`.
 */
export async function startQemu(start: {
  program: string;
  args: string[];
  places: QemuPlaces;
}): Promise<QemuProcess> {
  const { places } = start;
  await removeLeftovers(places);
  const errors = await open(places.qemuErrors, 'w', 0o600);
  try {
    const child = spawn(start.program, start.args, {
      detached: true,
      cwd: places.run,
      stdio: ['ignore', 'ignore', errors.fd],
      windowsHide: true,
    });
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) =>
        resolve(ending(signal ? `QEMU was ended by ${signal}` : `QEMU ended with code ${code}`, places)),
      );
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    // This process may end while it runs.
    child.unref();
    const { pid } = child;
    if (pid === undefined) throw new Error('QEMU was started without a process');
    await remember(pid, places);
    return { pid, exited, kill: () => kill(pid) };
  } finally {
    await errors.close();
  }
}

async function remember(pid: number, places: QemuPlaces): Promise<void> {
  const identity = await identify(pid);
  // It has ended already, which `exited` tells.
  if (!identity) return;
  await writeRecord(places.qemuPid, identity);
}

/**
 * The QEMU that an earlier process started here, null when none runs. What an ended one has left behind is removed.
 */
export async function findQemuProcess(places: QemuPlaces): Promise<QemuProcess | null> {
  const identity = await readRecord(places.qemuPid, processIdentity);
  if (!identity || !(await isAlive(identity))) {
    await endUnknown(places);
    await removeLeftovers(places);
    return null;
  }
  const { pid } = identity;
  const end = await watchEnd(pid, places);
  if (end === null) {
    await endUnreachable(identity);
    await removeLeftovers(places);
    return null;
  }
  return { pid, exited: end.ended.then(() => ending('QEMU ended', places)), kill: () => kill(pid) };
}

/** How long the socket's one place may be taken by someone who has just ended. */
const queueMs = 3000;

/**
 * Null when QEMU does not listen (any more). It listens on a socket for nothing but this: the connection ends with
 * it. Windows' QEMU has no such socket; there PowerShell waits for the process.
 */
async function watchEnd(pid: number, places: QemuPlaces): Promise<{ ended: Promise<void> } | null> {
  if (process.platform === 'win32') {
    const wait = ['-NoProfile', '-NonInteractive', '-Command', `Wait-Process -Id ${pid}`];
    const ended = new Promise<void>((resolve) => {
      execFile('powershell.exe', wait, () => resolve()).unref();
    });
    return { ended };
  }
  const socket = await connectIfThere(places.aliveSocket, timeLimit(queueMs));
  if (!socket) return null;
  socket.unref();
  socket.on('error', () => socket.destroy());
  socket.resume();
  return { ended: new Promise((resolve) => socket.once('close', () => resolve())) };
}

const endingMs = 2000;

/** It is about to end, or just begins and nobody waits for it, or its sockets were deleted: it is of no use. */
async function endUnreachable(identity: ProcessIdentity): Promise<void> {
  kill(identity.pid);
  // A process that is not this one's child tells its end by no event but its sockets.
  for (const end = Date.now() + endingMs; Date.now() < end && (await isAlive(identity)); ) await pause(20);
}

/** How long a QEMU that nobody knows gets to end. */
const quitMs = 3000;

/**
 * A process that was killed between starting QEMU and remembering it leaves one that holds the disk and belongs to
 * nobody. It has just been started, so nothing is lost with it.
 */
async function endUnknown(places: QemuPlaces): Promise<void> {
  const signal = timeLimit(quitMs);
  try {
    const socket = await connectIfThere(places.qmpSocket, signal);
    socket?.destroy();
    if (!socket) return;
    const qmp = await Qmp.connect(places.qmpSocket, signal);
    await qmp.execute('quit', {}, nothing, signal);
    await qmp.ended;
  } catch {
    // It does not answer; a new machine then says that the disk is in use.
  }
}

async function removeLeftovers(places: QemuPlaces): Promise<void> {
  const files = [places.qemuPid, places.qmpSocket, places.linkSocket, places.aliveSocket];
  // Named pipes vanish with their process.
  const removable = process.platform === 'win32' ? [places.qemuPid] : files;
  await Promise.all(removable.map((file) => rm(file, { force: true })));
}
