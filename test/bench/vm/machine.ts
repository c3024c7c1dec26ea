import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VmSettings } from '#contract';
import { type Places, places } from '#vm/places';
import { processIdentity } from '#vm/process-identity';
import { dockerCli, type TestEngine } from '../../harness/engine';
import { fixtureImage, loadImage } from '../../harness/images';
import { startVm, type TestVm } from '../../harness/vm';
import { parentOf } from '../processes';

/** The same for every benchmark, whatever the computer has: so that figures can be compared. */
const RESOURCES = { cpus: 2, memoryMiB: 2048, diskGiB: 16 } satisfies Partial<VmSettings>;

/** No benchmark takes as long: then the VM is stopped, so that whatever waits for it fails. */
const limitMs = 10 * 60_000;

/** Gantry's VM with a home of its own, which goes with it. */
export interface BenchVm extends AsyncDisposable {
  machine: TestVm;
  places: Places;
  /** Runs the docker CLI against it. */
  cli: TestEngine['cli'];
  configFolder: string;
  /** Of QEMU, and of the keeper that started it. */
  pids(): Promise<{ qemu: number; keeper: number }>;
}

/** Boots it with the image `hello` in its engine. @param shared a folder to share with it, read-write */
export async function openVm(shared?: string): Promise<BenchVm> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-bench-'));
  const [home, configFolder] = [join(folder, 'home'), join(folder, 'cli')];
  await mkdir(home);
  await mkdir(configFolder);
  // The keeper writes a docker context, which must not come into the user's own configuration.
  process.env.DOCKER_CONFIG = configFolder;
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const folders = shared ? [{ path: shared, writable: true }] : [];
    const machine = await startVm(home, { ...RESOURCES, folders, proxy: withoutProxy });
    const cli = dockerCli({ host: machine.dockerHost, configFolder });
    const limit = setTimeout(() => void machine.vm.stop().catch(() => undefined), limitMs);
    const close = async () => {
      clearTimeout(limit);
      await machine.stop();
      await removeFolder();
    };
    try {
      await loadImage({ cli }, await fixtureImage('hello'), 'hello:latest');
    } catch (error) {
      await close();
      throw error;
    }
    const all = places(home);
    return {
      machine,
      places: all,
      cli,
      configFolder,
      pids: () => pidsOf(all),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
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
