import { showContainer } from './actions';
import { type SaidEntry, shortId } from './entry';

/** What goes wrong with volumes that are already there. */
export const volumeEntries: readonly SaidEntry[] = [
  {
    code: 'volume-in-use',
    status: [409],
    pattern: /remove (\S+): volume is in use - \[([0-9a-f]+)/,
    explain: ([, volume = '', id = ''], context) => {
      const holder = context.holder ?? { id, name: `container ${shortId(id)}` };
      return {
        title: `${context.name ?? volume} belongs to ${holder.name}`,
        explanation: 'A volume can be deleted when no container uses it, running or not.',
        actions: [showContainer(holder)],
      };
    },
  },
  {
    code: 'volume-gone',
    status: [404],
    pattern: /(?:get (\S+): )?no such volume(?:: (\S+))?/,
    explain: ([, first, second], context) => ({
      title: `The volume ${context.name ?? first ?? second ?? ''} does not exist any more`,
      explanation: 'Somebody deleted it in the meantime.',
      actions: [],
    }),
  },
];
