import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openPlaces, type Places, places } from '#vm/places';
import { qemuArguments } from '#vm/qemu/arguments';
import { chooseNetwork } from '#vm/qemu/guest-network';
import type { MachineConfig } from '#vm/qemu/machine-config';
import { pcProbe } from '#vm/qemu/probe-image';
import { type QemuProcess, startQemu } from '#vm/qemu/process';
import { findQemu } from '#vm/qemu/programs';
import { Qmp } from '#vm/qemu/qmp';

const loadAddress = 0x100000;
const counterAddress = 0x200000;

/** A guest that counts for ever: `1: incl 0x200000; jmp 1b`, behind the probe's multiboot header. */
const countingKernel = Buffer.concat([
  pcProbe.bytes.subarray(0, 32),
  Buffer.from('ff0500002000ebf8', 'hex'),
  Buffer.alloc(pcProbe.bytes.length - 40),
]);

/** The product's whole machine with a guest of eight bytes. */
export class TestMachine {
  readonly #started: QemuProcess[] = [];

  private constructor(
    readonly folder: string,
    readonly program: string,
    readonly version: string,
    readonly config: MachineConfig,
    readonly places: Places,
  ) {}

  static async make(): Promise<TestMachine> {
    const qemu = await findQemu('amd64');
    if (!qemu) throw new Error('These tests need QEMU');
    const folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
    const all = openPlaces(places(folder));
    const file = async (name: string, content: Buffer | string) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    };
    return new TestMachine(
      folder,
      qemu.program,
      qemu.version,
      {
        arch: 'amd64',
        accelerator: 'tcg',
        cpus: 1,
        memoryMiB: 256,
        kernel: await file('kernel', countingKernel),
        initrd: await file('initrd', 'initrd'),
        root: await file('root', Buffer.alloc(1024 ** 2)),
        data: await file('data, with a comma', Buffer.alloc(1024 ** 2)),
        kernelArguments: '',
        configFile: await file('config', 'key=value\n'),
        caFile: null,
        shares: [],
        shareSlots: 1,
        network: chooseNetwork([]),
        places: all,
        incoming: null,
      },
      all,
    );
  }

  arguments(incoming: 'defer' | null = null): string[] {
    return qemuArguments({ ...this.config, incoming }, { platform: process.platform });
  }

  async start(args: string[] = this.arguments()): Promise<QemuProcess> {
    const started = await startQemu({ program: this.program, args, places: this.places });
    this.#started.push(started);
    return started;
  }

  connect(): Promise<Qmp> {
    return Qmp.connect(this.places.qmpSocket, AbortSignal.timeout(20_000));
  }

  /** How far the guest has counted. */
  async counter(qmp: Qmp): Promise<number> {
    return this.#word(qmp, counterAddress);
  }

  /** Resolves when the guest runs and counts. */
  async counting(qmp: Qmp): Promise<void> {
    const from = await this.counter(qmp);
    for (const end = Date.now() + 20_000; Date.now() < end; ) {
      if ((await this.counter(qmp)) !== from) return;
    }
    throw new Error(`The guest does not run; at its beginning is ${await this.#word(qmp, loadAddress)}`);
  }

  async #word(qmp: Qmp, address: number): Promise<number> {
    const line = await qmp.execute(
      'human-monitor-command',
      { 'command-line': `xp /1wx ${address}` },
      z.string(),
    );
    return Number.parseInt(/: 0x([0-9a-f]+)/.exec(line)?.[1] ?? '', 16);
  }

  async close(): Promise<void> {
    for (const started of this.#started) {
      started.kill();
      await started.exited;
    }
    await rm(this.folder, { recursive: true });
  }
}
