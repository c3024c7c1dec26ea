import type { Accelerator } from '#contract';

/** Names of the first serial line, as Linux has them. */
const consoles = { amd64: 'ttyS0', arm64: 'ttyAMA0' };

/**
 * The guest kernel's command line. Random numbers may begin with what the processor gives, as nothing else is there
 * so early. Under emulation mitigations cost much and protect nothing: the attacks need real hardware. The kernel's
 * check of the timer there fails on a busy computer, where QEMU's timer comes too late for it.
 */
export function kernelArguments(arch: 'amd64' | 'arm64', accelerator: Accelerator): string {
  return [
    `console=${consoles[arch]}`,
    'quiet',
    'loglevel=3',
    'panic=-1',
    'random.trust_cpu=on',
    'net.ifnames=0',
    'rcupdate.rcu_expedited=1',
    ...(accelerator === 'tcg' ? ['mitigations=off', 'tsc=reliable', 'no_timer_check'] : []),
  ].join(' ');
}
