import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, constants, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Accelerator, accelerator } from '#contract/vm';
import { hostBoot } from '../host-boot';
import type { Places } from '../places';
import { readRecord, writeRecord } from '../records';
import { armProbe, pcProbe } from './probe-image';
import type { Program } from './programs';

export interface AcceleratorChoice {
  name: Accelerator;
  /** A sentence for the user. */
  why: string;
}

/** Each system's own accelerator. */
const native: Partial<Record<NodeJS.Platform, { name: Accelerator; title: string }>> = {
  linux: { name: 'kvm', title: 'KVM' },
  darwin: { name: 'hvf', title: "macOS' Hypervisor" },
  win32: { name: 'whpx', title: 'Windows Hypervisor Platform' },
};

const slow = 'The VM is emulated in software, which is several times slower.';

/** What is known about the accelerator, for one boot of this computer and one version of QEMU. */
const record = z.object({
  boot: z.string(),
  qemuVersion: z.string(),
  name: accelerator,
  works: z.boolean(),
  why: z.string(),
});
type Knowledge = z.infer<typeof record>;

/**
 * Decides by measurement what runs the guest: an accelerator can be there and not work, which shows only when a guest
 * runs on it. What was found holds until this computer is started again.
 */
export async function chooseAccelerator(choice: {
  arch: 'amd64' | 'arm64';
  qemu: Program;
  places: Pick<Places, 'acceleratorRecord'>;
  signal: AbortSignal;
}): Promise<AcceleratorChoice> {
  const { qemu, places, signal } = choice;
  const own = native[process.platform];
  if (!own) return { name: 'tcg', why: `Gantry knows no accelerator on this system. ${slow}` };
  const known = await readRecord(places.acceleratorRecord, record);
  if (known?.name === own.name && known.qemuVersion === qemu.version && known.boot === (await hostBoot())) {
    return known.works ? { name: known.name, why: known.why } : { name: 'tcg', why: known.why };
  }
  const obstacle = process.platform === 'linux' ? await kvmObstacle(choice.arch) : null;
  // Not remembered: a right to the device can be given at any time.
  if (obstacle !== null) return { name: 'tcg', why: `${obstacle.why} ${slow}` };
  const works = await probe(choice.arch, own.name, qemu.program, signal);
  const why = works
    ? `${own.title} works on this computer.`
    : `${own.title} is there, but a test with a tiny guest did not end as it should. ${slow}`;
  await remember(places, { name: own.name, qemuVersion: qemu.version, works, why });
  return works ? { name: own.name, why } : { name: 'tcg', why };
}

/**
 * The accelerator passed its test and yet the real guest did not run: until this computer is started again it is not
 * tried any more.
 * @param why what happened, a whole sentence
 */
export async function rememberFailure(failure: {
  name: Accelerator;
  qemu: Program;
  places: Pick<Places, 'acceleratorRecord'>;
  why: string;
}): Promise<void> {
  const { name, qemu, places, why } = failure;
  await remember(places, { name, qemuVersion: qemu.version, works: false, why: `${why} ${slow}` });
}

async function remember(
  { acceleratorRecord }: Pick<Places, 'acceleratorRecord'>,
  facts: Omit<Knowledge, 'boot'>,
): Promise<void> {
  await writeRecord(acceleratorRecord, { boot: await hostBoot(), ...facts });
}

/** Why KVM cannot work: the processor, this user's rights, or the kernel, which may lack only this module. */
export type KvmObstacle = { why: string } & (
  | { kind: 'processor' | 'right' }
  | { kind: 'kernel'; module: string | null }
);

/** Linux: why KVM cannot work here, as far as that shows without trying; null when it may. */
export async function kvmObstacle(arch: 'amd64' | 'arm64'): Promise<KvmObstacle | null> {
  // Only x86 processors list it, as Intel's VMX or AMD's SVM. A computer that is itself virtual may offer /dev/kvm
  // without it; guests hang there.
  const cpuinfo = arch === 'amd64' ? await readFile('/proc/cpuinfo', 'utf8') : '';
  const flag = /^flags\s*:.*\b(vmx|svm)\b/m.exec(cpuinfo)?.[1];
  if (arch === 'amd64' && flag === undefined) {
    return {
      kind: 'processor',
      why: 'The processor of this computer offers no hardware virtualisation (neither VMX nor SVM); it may be switched off in its firmware.',
    };
  }
  try {
    await access('/dev/kvm', constants.R_OK | constants.W_OK);
    return null;
  } catch (error) {
    const code = z.object({ code: z.string() }).safeParse(error).data?.code;
    return code === 'EACCES'
      ? {
          kind: 'right',
          why: 'You have no right to use /dev/kvm; on most systems members of the group "kvm" have it.',
        }
      : {
          kind: 'kernel',
          // On ARM it is a part of the kernel, not a module.
          module: flag === undefined ? null : flag === 'vmx' ? 'kvm_intel' : 'kvm_amd',
          why: 'The kernel of this computer offers no KVM (there is no /dev/kvm).',
        };
  }
}

/** A working accelerator needs a few tenths of a second. */
const probeMs = 1500;

/** Runs a tiny guest that ends itself, and says whether it did so in time. */
export async function probe(
  arch: 'amd64' | 'arm64',
  name: Accelerator,
  program: string,
  signal: AbortSignal,
): Promise<boolean> {
  const image = join(tmpdir(), `gantry-probe-${randomUUID()}`);
  const { bytes, args, exitCode } = arch === 'amd64' ? pcProbe : armProbe;
  await writeFile(image, bytes, { mode: 0o600, flag: 'wx' });
  try {
    const child = spawn(
      program,
      [
        ...['-accel', name, '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
        ...args,
        ...['-kernel', image],
      ],
      { stdio: 'ignore', windowsHide: true, signal, timeout: probeMs, killSignal: 'SIGKILL' },
    );
    return await new Promise((resolve, reject) => {
      child.once('error', (error) => (signal.aborted ? reject(signal.reason) : reject(error)));
      child.once('exit', (code) => resolve(code === exitCode));
    });
  } finally {
    await rm(image, { force: true });
  }
}
