import type { Accelerator } from '#contract';

/** The first QEMU whose emulated PC can have several processors, as major and minor version. */
const firstGood = [8, 1] as const;

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}

/**
 * How many of its processors a guest can have. Until 8.1 QEMU's emulation may go on with code that another of the
 * guest's processors has just replaced (mended by its commit deba78709ae8, "accel/tcg: Always lock pages before
 * translation"). Linux on x86 replaces its own code while it runs, and dies of that: "Oops: int3", in one of some
 * thirty starts on a busy computer. With QEMU 7.2 one processor boots in the time of two, and eight containers that
 * start at once take twice as long.
 */
export function usableProcessors(
  wanted: number,
  machine: { arch: 'amd64' | 'arm64'; accelerator: Accelerator; qemuVersion: string },
): { count: number; why: string | null } {
  const { arch, accelerator, qemuVersion } = machine;
  const faulty = arch === 'amd64' && accelerator === 'tcg' && isBefore(qemuVersion, firstGood);
  if (!faulty || wanted === 1) return { count: wanted, why: null };
  return {
    count: 1,
    why: `It has one core: QEMU ${qemuVersion} cannot emulate several without faults, ${firstGood.join('.')} and newer ones can.`,
  };
}
