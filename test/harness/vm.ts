import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import type { VmSettings } from '#contract';
import { defaultVmSettings } from '#vm/host';
import { Vm } from '#vm/index';
import { places } from '#vm/places';
import { findProgram } from './run';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ARCH = process.arch === 'arm64' ? 'arm64' : 'amd64';
const IMAGE = join(ROOT, 'out/guest', ARCH);
const KEEPER = join(ROOT, 'out/vm/keeper.js');
const QEMU = ARCH === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64';

/** A running VM of Gantry's own. */
export interface TestVm extends AsyncDisposable {
  vm: Vm;
  /** `unix://…` */
  dockerHost: string;
  socket: string;
  /** Runs a program in the guest, as root; gives what it printed. @throws Error when it fails */
  inGuest(...argv: string[]): Promise<string>;
  /** Stops the VM and waits until it has ended. */
  stop(): Promise<void>;
}

/** Why no VM can be started here, in plain words; undefined when one can. */
export function whyNoVm(): string | undefined {
  if (process.platform !== 'linux') return 'the tests of the VM need Linux';
  if (!findProgram(QEMU)) return `not installed: ${QEMU}`;
  if (!existsSync(join(IMAGE, 'manifest.json'))) return 'no guest image: `npm run guest:build` makes it';
  return existsSync(KEEPER) ? undefined : 'the keeper is not built: `npm run build` makes it';
}

/** A suite with a VM. Where none can run it is skipped, with the reason in its name. */
export function describeWithVm(name: string, suite: () => void): void {
  const missing = whyNoVm();
  if (missing) describe.skip(`${name} (${missing})`, () => suite());
  else describe(name, () => suite());
}

/** Starts a VM and waits until its engine answers. @param home its GANTRY_HOME */
export async function startVm(home: string, settings: Partial<VmSettings> = {}): Promise<TestVm> {
  const all: VmSettings = { ...defaultVmSettings(), folders: [], idleMinutes: null, ...settings };
  const vm = new Vm({ home, image: IMAGE, keeperProgram: KEEPER, arch: ARCH, settings: () => all });
  const stop = async (): Promise<void> => {
    try {
      await vm.stop();
    } finally {
      await vm.close();
    }
  };
  try {
    await vm.start();
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  return {
    vm,
    dockerHost: vm.host,
    socket: places(home).dockerSocket,
    inGuest: (...argv) => inGuest(vm, argv),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function inGuest(vm: Vm, argv: string[]): Promise<string> {
  const program = await vm.run({ argv, tty: null }, new AbortController().signal);
  program.stdin.end();
  const [code, out, err] = await Promise.all([program.exited, text(program.stdout), text(program.stderr)]);
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${err || out}`);
  return out.trim();
}
