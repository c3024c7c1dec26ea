import { totalmem } from 'node:os';
import { type Check, inBytes, ok, textOf, usesVm, warning } from '../check';

const noticeBytes = 500e6;

/** Linux alone tells what programs could still get; "free" elsewhere leaves out what the system would give back. */
const availableBytes = (meminfo: string): number | null => {
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo)?.[1];
  return kib ? Number(kib) * 1024 : null;
};

/** Whether this computer has memory left. */
export const memory: Check = {
  id: 'memory',
  title: 'Memory',
  async run(context) {
    const available = availableBytes((await textOf('/proc/meminfo')) ?? '');
    if (available === null) return ok(`${inBytes(totalmem())} in all`);
    return judgeMemory(available, usesVm(context));
  },
};

export function judgeMemory(available: number, vm: boolean) {
  if (available >= noticeBytes) return ok(`${inBytes(available)} free`);
  return warning(
    `Only ${inBytes(available)} of memory are free`,
    'Containers may be ended by the system to make room. Stop some, or close other programs.',
    vm
      ? { kind: 'open', label: 'Open resources', page: 'settings', target: 'resources' }
      : { kind: 'open', label: 'Open containers', page: 'containers' },
  );
}
