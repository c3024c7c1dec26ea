import { remove, showLog, start, stop } from './actions';
import { type SaidEntry, shortId } from './entry';

/** What goes wrong with containers that are already there. */
export const containerEntries: readonly SaidEntry[] = [
  {
    code: 'still-running',
    status: [409],
    pattern:
      /[Yy]ou cannot remove a \w+ container|cannot remove container "?\/?([^\s":]+)"?: container is \w+|stop the container before removing/i,
    explain: ([, name], context) => ({
      title: `${context.name ?? name ?? 'The container'} is still running`,
      explanation: 'It has to stop before it can be deleted.',
      actions: context.id ? [remove(context.id, 'Stop and delete')] : [],
    }),
  },
  {
    code: 'removal-in-progress',
    status: [409],
    pattern: /removal of container \S+ is already in progress|is marked for removal/,
    explain: (_match, context) => ({
      title: `${context.name ?? 'The container'} is being deleted`,
      explanation: 'The engine has begun with it already.',
      actions: [],
    }),
  },
  {
    code: 'crash-loop',
    status: [409],
    pattern: /Container (\S+) is restarting, wait until the container is running/,
    explain: ([, id = ''], context) => {
      const name = context.name ?? shortId(id);
      const target = context.id ?? id;
      return {
        title: `${name} starts and ends again and again`,
        explanation: 'Its restart policy starts it each time that it fails. The log says why it fails.',
        actions: [stop(target, 'Stop the loop'), showLog(target)],
      };
    },
  },
  {
    code: 'container-paused',
    status: [409, 500],
    pattern: /[Cc]ontainer (?:\S+ )?is (?:already )?paused|cannot start a paused container/,
    explain: (_match, context) => ({
      title: `${context.name ?? 'The container'} is paused`,
      explanation: 'While it is paused nothing in it runs.',
      actions: context.id
        ? [{ kind: 'call', label: 'Resume', procedure: 'containers.unpause', input: { ids: [context.id] } }]
        : [],
    }),
  },
  {
    code: 'container-not-paused',
    status: [409, 500],
    pattern: /[Cc]ontainer \S+ is not paused/,
    explain: (_match, context) => ({
      title: `${context.name ?? 'The container'} is not paused`,
      explanation: 'Somebody resumed it in the meantime.',
      actions: [],
    }),
  },
  {
    code: 'container-not-running',
    status: [409, 500],
    pattern: /[Cc]ontainer (\S+) is not running/,
    explain: ([, id = ''], context) => ({
      title: `${context.name ?? shortId(id)} is not running`,
      explanation: 'This works with running containers only.',
      actions: [start(context.id ?? id, 'Start it')],
    }),
  },
  {
    code: 'container-gone',
    status: [404],
    pattern: /No such container: (\S+)/,
    explain: ([, id = ''], context) => ({
      title: `${context.name ?? `The container ${shortId(id)}`} does not exist any more`,
      explanation: 'Somebody deleted it in the meantime.',
      actions: [],
    }),
  },
];
