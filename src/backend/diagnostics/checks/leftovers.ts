import { basename } from 'node:path';
import { findLeftovers } from '#vm/leftovers';
import { places } from '#vm/places';
import { type Check, ok, warning } from '../check';

/** Whether programs that have ended left sockets or process numbers behind. */
export const leftovers: Check = {
  id: 'leftovers',
  title: 'Old sockets',
  async run({ services: { dataFolder } }, signal) {
    const left = await findLeftovers(places(dataFolder), signal);
    if (left.length === 0) return ok('none');
    return warning(
      `${left.length === 1 ? 'A file was' : `${left.length} files were`} left behind`,
      `Their programs have ended without removing ${left.map((path) => basename(path)).join(', ')}. A docker command that uses one of them waits for nobody.`,
      {
        kind: 'call',
        label: left.length === 1 ? 'Remove it' : 'Remove them',
        procedure: 'diagnostics.fix',
        input: { repair: 'leftovers' },
      },
    );
  },
};
