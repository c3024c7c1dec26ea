import { canBuildImage } from '#vm/image-build';
import { inspectGuestImage } from '#vm/image-health';
import { places } from '#vm/places';
import { guestImage as imageFolder } from '../../vm-files';
import { type Check, failed, ok, skipped, usesVm } from '../check';

/** Whether the VM's image is there, and every byte of it is what it was when it was made. */
export const guestImage: Check = {
  id: 'guest-image',
  title: 'The VM’s image',
  // Some hundred megabytes are read.
  limitMs: 60_000,
  async run(context, signal) {
    const folder = imageFolder();
    if (!usesVm(context)) return skipped('Not used', 'Only Gantry’s own engine would need it.');
    const health = await inspectGuestImage(folder, places(context.services.dataFolder), signal);
    if (health.state === 'whole') return ok(health.id.slice(0, 12));
    if (health.state === 'absent') {
      return canBuildImage(folder)
        ? skipped('Not made yet', 'The first start makes it.')
        : failed(
            'The image of the virtual machine is missing',
            `It should be in ${folder}. Install Gantry again.`,
          );
    }
    return health.state === 'unpacked-damaged'
      ? failed(
          'The unpacked image of the virtual machine is damaged',
          'Your containers and volumes are on another disk and are not touched. The next start unpacks the image again.',
          {
            kind: 'call',
            label: 'Unpack again',
            procedure: 'diagnostics.fix',
            input: { repair: 'guest-image' },
          },
        )
      : failed(
          'The image of the virtual machine is damaged',
          `${health.file} is not what it was. Your containers and volumes are on another disk and are not touched. Install Gantry again.`,
        );
  },
};
