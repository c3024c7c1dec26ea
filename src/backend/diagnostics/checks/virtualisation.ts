import { copyCommand, type ProblemAction } from '#contract/problem';
import { chooseEngine } from '#engine/catalogue/actions';
import { type KvmObstacle, kvmObstacle } from '#vm/qemu/accelerator';
import { guestArchitecture } from '../../architecture';
import { type Check, ok, skipped, usesVm, warning } from '../check';
import { groupOf, joinGroup } from '../group';

/** Switches the Windows Hypervisor Platform on, from a prompt with an administrator's rights. */
const onWindows = 'dism.exe /Online /Enable-Feature /FeatureName:HypervisorPlatform /All';

/** Whether the processor itself can run Gantry's VM. Without that it is emulated, which works and is slow. */
export const virtualisation: Check = {
  id: 'virtualisation',
  title: 'Virtualisation',
  async run(context) {
    const { platform } = context;
    const { accelerator } = context.services.vm.state;
    if (accelerator && accelerator.name !== 'tcg') return ok(accelerator.name, accelerator.why);
    const obstacle = platform === 'linux' ? await kvmObstacle(guestArchitecture) : null;
    if (accelerator) {
      const fix = platform === 'win32' ? copyCommand(onWindows) : await wayOut(obstacle);
      return warning('The virtual machine is emulated in software', accelerator.why, fix);
    }
    if (platform !== 'linux') {
      return skipped('Not known yet', 'The first start of Gantry’s own engine finds out.');
    }
    if (obstacle === null) return ok('/dev/kvm');
    if (!usesVm(context)) {
      return skipped('Not used', `Only Gantry’s own engine would need it. ${obstacle.why}`);
    }
    return warning(
      'The virtual machine has to be emulated',
      `${obstacle.why} It works, and is several times slower.`,
      await wayOut(obstacle),
    );
  },
};

/** What the processor or the kernel do not offer, no click changes: then another engine is the faster one. */
async function wayOut(obstacle: KvmObstacle | null): Promise<ProblemAction> {
  if (obstacle?.kind === 'kernel' && obstacle.module) return copyCommand(`sudo modprobe ${obstacle.module}`);
  const group = obstacle?.kind === 'right' ? await groupOf('/dev/kvm') : null;
  return group === null ? chooseEngine : copyCommand(joinGroup(group));
}
