import type { ProblemAction } from '#contract/problem';
import { change, changeAndRun } from './actions';
import type { ProblemContext, SaidEntry } from './entry';

/** Empties the field of the mount in question, so that another folder or file can be entered. */
function chooseAnother({ field }: ProblemContext, label: string): ProblemAction[] {
  return field?.startsWith('mounts.') ? [change(label, `${field}.source`, '')] : [];
}

/** What goes wrong when folders and volumes are mounted. */
export const mountEntries: readonly SaidEntry[] = [
  {
    code: 'folder-missing',
    status: [400, 500],
    pattern: /bind source path does not exist: ([^\n]+)/,
    explain: ([, path = ''], context) => ({
      title: `The folder ${path.trim()} does not exist`,
      explanation: 'A container can only be given a folder that is there.',
      actions: [
        {
          kind: 'call',
          label: 'Create the folder',
          procedure: 'run.createFolder',
          input: { path: path.trim() },
        },
        ...chooseAnother(context, 'Choose another'),
      ],
    }),
  },
  {
    code: 'mount-kind-mismatch',
    pattern: /not a directory[^\n]*(?:Are you trying to mount a directory onto a file|vice-versa)/i,
    explain: (_match, context) => ({
      title: 'A file was mounted onto a folder, or a folder onto a file',
      explanation: 'Both sides of a mount have to be of the same kind: two files or two folders.',
      actions: chooseAnother(context, 'Choose another file or folder'),
    }),
  },
  {
    code: 'volume-name-invalid',
    status: [400, 500],
    pattern:
      /"([^"]*)" includes invalid characters for a local volume name|create (\S+): volume name is too short/,
    explain: ([, said, short], context) => {
      const name = said ?? short ?? '';
      return {
        title: `${name} is not a name for a volume`,
        explanation: /[/\\]/.test(name)
          ? 'It looks like a path. A folder of this computer is given by its full path, a volume by a plain name.'
          : 'A volume’s name has two or more letters, digits, “_”, “.” and “-”, and begins with a letter or digit.',
        actions:
          context.field && name.startsWith('/')
            ? [changeAndRun('Use it as a folder', `${context.field}.type`, 'bind')]
            : [],
      };
    },
  },
  {
    code: 'mount-duplicate',
    status: [400, 500],
    pattern: /Duplicate mount point: ([^\n]+)/,
    explain: ([, path = ''], { field }) => ({
      title: `Two mounts have the same place: ${path.trim()}`,
      explanation: 'Inside the container only one folder or volume can be at a path.',
      actions: field?.startsWith('mounts.') ? [changeAndRun('Leave one out', field, undefined)] : [],
    }),
  },
];
