import { kvmObstacle } from '#vm/qemu/accelerator';
import { architecture } from '../../architecture';
import { type Check, ok, skipped, usesVm, warning } from '../check';

/** Whether the processor itself can run Gantry's VM. Without that it is emulated, which works and is slow. */
export const virtualisation: Check = {
  id: 'virtualisation',
  title: 'Virtualisation',
  async run(context) {
    const { accelerator } = context.services.vm.state;
    if (accelerator) {
      return accelerator.name === 'tcg'
        ? warning('The virtual machine is emulated in software', accelerator.why)
        : ok(accelerator.name, accelerator.why);
    }
    if (context.platform !== 'linux') {
      return skipped('Not known yet', 'The first start of Gantry’s own engine finds out.');
    }
    const obstacle = await kvmObstacle(architecture === 'arm64' ? 'arm64' : 'amd64');
    if (obstacle === null) return ok('/dev/kvm');
    if (!usesVm(context)) {
      return skipped('Not used', `Only Gantry’s own engine would need it. ${obstacle}`);
    }
    return warning(
      'The virtual machine has to be emulated',
      `${obstacle} It works, and is several times slower.`,
    );
  },
};
