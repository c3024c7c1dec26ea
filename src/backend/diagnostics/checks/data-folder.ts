import { folderTrouble } from '../../data-folder';
import { type Check, failed, ok, tryAgain } from '../check';

/** Whether Gantry can keep settings and its log. */
export const dataFolder: Check = {
  id: 'data-folder',
  title: 'Gantry’s folder',
  async run({ services: { dataFolder: folder } }) {
    const trouble = folderTrouble(folder);
    return trouble
      ? failed(trouble.title, trouble.explanation, trouble.actions[0] ?? tryAgain)
      : ok('takes files', folder);
  },
};
