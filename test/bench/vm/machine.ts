import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VmSettings } from '#contract';
import { type Places, places } from '#vm/places';
import { processIdentity } from '#vm/process-identity';
import { type Den, openDen } from '../../harness/den';
import { dockerCli, type TestEngine } from '../../harness/engine';
import { fixtureImage, loadImage } from '../../harness/images';
import { startVm, type TestVm } from '../../harness/vm';
import { parentOf } from '../processes';

/** The same for every benchmark, whatever the computer has: so that figures can be compared. */
const RESOURCES = { cpus: 2, memoryMiB: 2048, diskGiB: 16 } satisfies Partial<VmSettings>;

/** No benchmark takes as long: then the VM is stopped, so that whatever waits for it fails. */
const limitMs = 10 * 60_000;

/** Gantry's VM with a home of its own. Both go when it is closed, and also when this process is killed. */
export interface BenchVm extends AsyncDisposable {
  machine: TestVm;
  places: Places;
  /** Runs the docker CLI against it. */
  cli: TestEngine['cli'];
  /** An empty folder. */
  work: string;
  /** A folder that is shared with it, read-write, at the same path. */
  shared: string;
  /** Of QEMU, and of the keeper that started it. */
  pids(): Promise<{ qemu: number; keeper: number }>;
}

/** Boots it with the image `hello` in its engine. Without `share` the folder `shared` is not known to the guest. */
export async function openVm({ share = false } = {}): Promise<BenchVm> {
  const den = openDen();
  try {
    const make = (name: string) => makeFolder(den, name);
    const [home, config, work, shared] = [
      await make('home'),
      await make('cli'),
      await make('work'),
      await make('shared'),
    ];
    // The keeper writes a docker context, which must not come into the user's own configuration.
    process.env.DOCKER_CONFIG = config;
    const folders = share ? [{ path: shared, writable: true }] : [];
    const machine = await startVm(home, { ...RESOURCES, folders, proxy: withoutProxy });
    const limit = setTimeout(() => void machine.vm.stop().catch(() => undefined), limitMs);
    limit.unref();
    const cli = dockerCli({ host: machine.dockerHost, configFolder: config });
    const all = places(home);
    const close = async () => {
      clearTimeout(limit);
      // It would be killed otherwise, which is no way to end one that is well.
      await machine.stop().finally(() => den.close());
    };
    const pids = () => pidsOf(all);
    const bench = { machine, places: all, cli, work, shared, pids, [Symbol.asyncDispose]: close };
    await loadImage({ cli }, await fixtureImage('hello'), 'hello:latest');
    return bench;
  } catch (error) {
    await den.close();
    throw error;
  }
}

async function makeFolder(den: Den, name: string): Promise<string> {
  const path = join(den.folder, name);
  await mkdir(path);
  return path;
}

const withoutProxy: VmSettings['proxy'] = { mode: 'none', http: '', https: '', except: '' };

async function pidsOf(all: Places): Promise<{ qemu: number; keeper: number }> {
  const { pid } = processIdentity.parse(JSON.parse(await readFile(all.qemuPid, 'utf8')));
  return { qemu: pid, keeper: parentOf(pid) };
}

/** Seconds since the guest's kernel began, by a clock of the guest: 10 ms fine. */
const UPTIME = 'cut -d" " -f1 /proc/uptime';

/** A shell script whose last two lines of output say when `command` began and ended. */
export const timed = (command: string): string =>
  `b=$(${UPTIME}); ${command} || exit 1; e=$(${UPTIME}); echo; echo "$b"; echo "$e"`;

/** The time in ms that a `timed` script has measured, from its output. */
export function timeIn(output: string): number {
  const [began, ended] = output.trim().split('\n').slice(-2).map(Number);
  if (began === undefined || ended === undefined || !Number.isFinite(ended - began))
    throw new Error(`No times in: ${output}`);
  return (ended - began) * 1000;
}

/** Times a shell command inside the guest, by the guest's clock. */
export async function timeInGuest({ machine }: BenchVm, command: string): Promise<number> {
  return timeIn(await machine.inGuest('sh', '-c', timed(command)));
}

/** What the guest has read of its disks and folders is forgotten, so that it reads them again. */
export async function dropCaches({ machine }: BenchVm): Promise<void> {
  await machine.inGuest('sh', '-c', 'sync; echo 3 >/proc/sys/vm/drop_caches');
}
