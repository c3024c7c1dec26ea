import { qemuMissing } from '#vm/problems';
import { findQemu } from '#vm/qemu/programs';
import { architecture } from '../../architecture';
import { type Check, failed, ok, skipped, usesVm } from '../check';

/** QEMU is the program that Gantry's own VM runs in. */
export const qemu: Check = {
  id: 'qemu',
  title: 'QEMU',
  async run(context) {
    const found = await findQemu(architecture === 'arm64' ? 'arm64' : 'amd64', context.env);
    if (found) return ok(found.version, found.program);
    if (!usesVm(context)) return skipped('Not installed', 'Only Gantry’s own engine would need it.');
    return failed(qemuMissing.title, qemuMissing.explanation);
  },
};
