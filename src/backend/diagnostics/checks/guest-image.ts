import type { ProblemAction } from '#contract/problem';
import { chooseEngine } from '#engine/catalogue/actions';
import { canBuildImage } from '#vm/image-build';
import { inspectGuestImage } from '#vm/image-health';
import { places } from '#vm/places';
import { guestImage as imageFolder } from '../../vm-files';
import { type Check, failed, ok, skipped, usesVm } from '../check';

const untouched = 'Your containers and volumes are on another disk and are not touched.';

const mend = (label: string): ProblemAction => ({
  kind: 'call',
  label,
  procedure: 'diagnostics.fix',
  input: { repair: 'guest-image' },
});

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
            `It should be in ${folder}. Install Gantry again; until then it can use another engine.`,
            chooseEngine,
          );
    }
    if (health.state === 'unpacked-damaged') {
      return failed(
        'The unpacked image of the virtual machine is damaged',
        `${untouched} The next start unpacks the image again.`,
        mend('Unpack again'),
      );
    }
    const title = 'The image of the virtual machine is damaged';
    const what = `${health.file} is not what it was. ${untouched}`;
    return canBuildImage(folder)
      ? failed(
          title,
          `${what} The next start makes the image again, which takes minutes.`,
          mend('Make it again'),
        )
      : failed(title, `${what} Install Gantry again; until then it can use another engine.`, chooseEngine);
  },
};
