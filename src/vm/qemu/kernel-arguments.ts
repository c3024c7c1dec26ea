import type { Accelerator } from '#contract';

/** The guest kernel's command line. */
export function kernelArguments(arch: 'amd64' | 'arm64', accelerator: Accelerator): string {
  const words = [
    `console=${arch === 'amd64' ? 'ttyS0' : 'ttyAMA0'}`,
    'quiet',
    'loglevel=3',
    // A panic ends QEMU, which is told to end where a computer would restart.
    'panic=-1',
    'net.ifnames=0',
    'random.trust_cpu=on',
    'rcupdate.rcu_expedited=1',
  ];
  // An emulated processor has none of the faults that these guard against, and emulating the guards takes time.
  if (accelerator === 'tcg') words.push('mitigations=off');
  // Its time is QEMU's own, so the kernel need not measure and doubt it.
  if (accelerator === 'tcg' && arch === 'amd64') words.push('tsc=reliable');
  return words.join(' ');
}
