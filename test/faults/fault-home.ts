import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VmSettings, VmState } from '#contract';
import { ProblemError } from '#contract/problem';
import { defaultVmSettings } from '#vm/host';
import { Vm } from '#vm/index';
import { openPlaces, type Places, places } from '#vm/places';
import { processIdentity } from '#vm/process-identity';
import { dockerCli, type TestEngine } from '../harness/engine';
import { ARCH, IMAGE, inGuest, KEEPER } from '../harness/vm';
import { until } from './until';

/** The longest that a start may take: a boot under software emulation on a busy computer. */
export const bootMs = 480_000;

const endMs = 15_000;

/** A data folder in which things go wrong, with Gantry's VM as a backend has it. */
export class FaultHome implements AsyncDisposable {
  readonly places: Places;
  /** Runs the docker CLI against this VM's engine. */
  readonly docker: TestEngine['cli'];
  vm: Vm;
  readonly #opened: Vm[] = [];

  private constructor(
    readonly folder: string,
    private readonly settings: Partial<VmSettings>,
    image: string,
  ) {
    this.places = openPlaces(places(folder));
    this.vm = this.open(image);
    this.docker = dockerCli({ host: this.vm.host, configFolder: folder });
  }

  static async make(
    settings: (folder: string) => Promise<Partial<VmSettings>> = async () => ({}),
    image = IMAGE,
  ): Promise<FaultHome> {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-fault-'));
    return new FaultHome(folder, { memoryMiB: 1024, diskGiB: 4, ...(await settings(folder)) }, image);
  }

  /** One more backend. It is closed with the home. */
  open(image = IMAGE): Vm {
    const settings: VmSettings = {
      ...defaultVmSettings(),
      folders: [],
      idleMinutes: null,
      ...this.settings,
    };
    const vm = new Vm({
      home: this.folder,
      image,
      keeperProgram: KEEPER,
      arch: ARCH,
      settings: () => settings,
    });
    this.#opened.push(vm);
    return vm;
  }

  get state(): VmState {
    return this.vm.state;
  }

  /** Waits for a state. Gives the time that it took, in milliseconds. */
  async becomes(what: string, limitMs: number, is: (state: VmState) => boolean): Promise<number> {
    const began = performance.now();
    await until(`${what}; it is ${JSON.stringify(this.state)}`, limitMs, () => is(this.state)).catch(
      (error: unknown) => {
        throw new Error(
          `${error instanceof Error ? error.message : error} At last: ${JSON.stringify(this.state)}`,
        );
      },
    );
    return performance.now() - began;
  }

  runs(): Promise<number> {
    return this.becomes('it runs', bootMs, ({ status }) => status === 'running');
  }

  /** Starts, and gives the problem with which that failed. @throws Error when it started after all */
  async refusal(vm = this.vm): Promise<ProblemError['problem']> {
    try {
      await vm.start();
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
    throw new Error('It started, which it must not');
  }

  inGuest(...argv: string[]): Promise<string> {
    return inGuest(this.vm, argv);
  }

  /** The process that the VM runs in; null when there is none. */
  qemu(): number | null {
    try {
      return processIdentity.parse(JSON.parse(readFileSync(this.places.qemuPid, 'utf8'))).pid;
    } catch {
      return null;
    }
  }

  /** The keeper, as its claim to the lock names it (src/vm/lock.ts). */
  keeper(): number | null {
    const claims = readdirSync(this.places.run).filter((name) => name.startsWith('keeper.lock.'));
    for (const claim of claims) {
      const mark = claim.split('.')[2] ?? '';
      const { pid } = processIdentity.parse(JSON.parse(Buffer.from(mark, 'base64url').toString()));
      if (isThere(pid)) return pid;
    }
    return null;
  }

  killKeeper(): void {
    kill(this.keeper());
  }

  killQemu(): void {
    kill(this.qemu());
  }

  /** Ends everything that was started here. What a fault has left need not be stopped in order. */
  async end(): Promise<void> {
    const left = [this.keeper(), this.qemu()].filter((pid) => pid !== null);
    for (const vm of this.#opened) await vm.close();
    for (const pid of left) if (isThere(pid)) kill(pid);
    for (const pid of left) await until('it ends', endMs, () => !isThere(pid));
  }

  /** Ends everything, and deletes the folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function kill(pid: number | null): void {
  if (pid === null) throw new Error('There is no process to kill');
  process.kill(pid, 'SIGKILL');
}
