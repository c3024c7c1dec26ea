import type { VmUsage } from '#contract';
import { type Problem, ProblemError } from '#contract/problem';
import { hasRoomFor } from '#vm/disk/growth';
import type { Services } from './services';

const gib = 1024 ** 3;

/** Why a disk cannot become this large; null when it can. A disk that is not there yet is made as large as it shall be. */
export function growthProblem(diskGiB: number, nowGiB: number, disk: VmUsage['disk']): Problem | null {
  if (diskGiB <= nowGiB) {
    return {
      code: 'vm-disk-not-larger',
      title: `The disk has ${nowGiB} GB already`,
      explanation: 'It can grow, and not shrink.',
      actions: [],
    };
  }
  if (!disk || hasRoomFor(diskGiB, disk)) return null;
  return {
    code: 'vm-disk-host-room',
    title: `This computer has no room for a disk of ${diskGiB} GB`,
    explanation: `Beside it are ${Math.floor(disk.hostFreeBytes / gib)} GB free. Make room on this computer, or move the VM’s disk to another drive.`,
    actions: [{ kind: 'open', label: 'Open resources', page: 'settings', target: 'resources' }],
  };
}

/** Makes the VM's disk larger, at once and for good. @throws ProblemError */
export async function growDisk(
  { settings, vm }: Pick<Services, 'settings' | 'vm'>,
  diskGiB: number,
): Promise<{ diskGiB: number }> {
  const { disk } = await vm.usage();
  const problem = growthProblem(diskGiB, settings.now.vm.diskGiB, disk);
  if (problem) throw new ProblemError(problem);
  await settings.change({ vm: { ...settings.now.vm, diskGiB } });
  await vm.apply();
  return { diskGiB };
}
