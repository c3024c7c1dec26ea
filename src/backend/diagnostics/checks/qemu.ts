import { qemuMissing } from '#vm/problems';
import { installCommand } from '#vm/qemu/install';
import { findQemu } from '#vm/qemu/programs';
import { guestArchitecture } from '../../architecture';
import { type Check, failed, ok, skipped, tryAgain, usesVm } from '../check';

/** QEMU is the program that Gantry's own VM runs in. */
export const qemu: Check = {
  id: 'qemu',
  title: 'QEMU',
  async run(context) {
    const found = await findQemu(guestArchitecture, context.env);
    if (found) return ok(found.version, found.program);
    if (!usesVm(context)) return skipped('Not installed', 'Only Gantry’s own engine would need it.');
    const { title, explanation, actions } = qemuMissing(await installCommand(guestArchitecture, context.env));
    return failed(title, explanation, actions[0] ?? tryAgain);
  },
};
