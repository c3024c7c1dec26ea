// The keeper's program: it looks after the one VM of a data folder. usage: keeper.js DATA_FOLDER
// It is started by the first backend or command line that needs the VM, tells its parent "ready" (or "another", when
// one runs already), and goes on without it. It ends by itself when the VM is off and nobody is connected.
import type { VmState } from '#contract';
import { writeDockerContext } from './docker-context';
import { type Door, openDoor } from './door';
import { openKeeperLog } from './keeper-log';
import { type KeeperServer, serveKeeper } from './keeper-server';
import { takeLock } from './lock';
import { Machine } from './machine';
import { dockerHost, openPlaces, places } from './places';
import { openShellDoor, type ShellDoor } from './shell-door';

/** A keeper with nothing to keep stays this long, in case that the next order follows at once. */
const restMs = 10_000;
/** How long the word to the parent may take that there will be no keeper. */
const lastWordMs = 500;

/** Whether programs may call the engine in this state: a call wakes a suspended VM, and waits for one that starts. */
const isReachable = ({ status }: VmState) =>
  ['starting', 'running', 'suspending', 'suspended', 'resuming'].includes(status);

async function keep(home: string): Promise<void> {
  process.umask(0o077);
  const all = openPlaces(places(home));
  const lock = await takeLock(all.keeperLock);
  if ('heldBy' in lock) {
    process.send?.('another');
    return;
  }
  const log = openKeeperLog(all.keeperLog);
  const doors: (Door | ShellDoor)[] = [];
  const machine = new Machine(all, log, () => doors.some(({ calls }) => calls > 0));
  let server: KeeperServer | null = null;
  let rest: NodeJS.Timeout | undefined;
  let changing = Promise.resolve();

  const end = async (why: string) => {
    log.info(why);
    clearTimeout(rest);
    for (const door of doors.splice(0)) await door.close();
    await machine.close();
    await server?.close();
    await lock.release();
    process.exit();
  };
  const considerRest = () => {
    clearTimeout(rest);
    const idle = ['stopped', 'absent', 'failed'].includes(machine.states.now.status) && server?.clients === 0;
    if (idle) rest = setTimeout(() => void end('There is nothing to keep'), restMs);
  };
  const setDoors = async (state: VmState) => {
    if (isReachable(state) && doors.length === 0) {
      const reach = (signal: AbortSignal) => machine.reach(signal);
      doors.push(
        await openDoor({
          path: all.dockerSocket,
          connect: async (signal, { watches }) => {
            const link = await (watches ? machine.reachWhenRunning(signal) : reach(signal));
            return link.open({ service: 'engine' });
          },
          onTraffic: () => machine.activity(),
        }),
        await openShellDoor(all.shellSocket, reach),
      );
      await writeDockerContext(dockerHost(all)).catch((error: unknown) =>
        log.warn({ err: error }, 'The docker context could not be written'),
      );
    } else if (!isReachable(state)) for (const door of doors.splice(0)) await door.close();
  };
  machine.states.onChange((state) => {
    log.info({ status: state.status, step: state.step?.name, reason: state.reason }, 'state');
    changing = changing
      .then(() => setDoors(state))
      .catch((error: unknown) => log.error({ err: error }, 'The engine has no door'));
    considerRest();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void end(`Ended by ${signal}; the virtual machine goes on`));
  }
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled'));
  await machine.open();
  server = await serveKeeper(all.keeperSocket, machine, considerRest);
  considerRest();
  process.send?.('ready');
}

const [, , home] = process.argv;
if (!home) throw new Error('The data folder is missing');
try {
  await keep(home);
} catch (error) {
  // Whoever started it says why there is none; its lock ends with it.
  process.send?.(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
  setTimeout(() => process.exit(), lastWordMs).unref();
}
