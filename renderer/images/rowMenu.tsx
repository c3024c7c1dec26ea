import { ClipboardCopy, Download, FileJson, Fingerprint, Tag, TagsIcon, Trash2 } from 'lucide-react';
import type { Image } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { PlayIcon } from '#ui/icons';
import type { MenuEntry } from '#ui/menus';
import { showProblem } from '../data/problems';
import { navigate } from '../shell/router';
import { pull, removePreview, run, runPreview } from './actions';
import { referenceOf } from './names';

export interface ImageDialogs {
  tag: (image: Image) => void;
  untag: (image: Image) => void;
  remove: (images: readonly Image[]) => void;
}

const copy = (text: string) => void navigator.clipboard.writeText(text).catch(showProblem);

function pullEntries({ tags }: Image): MenuEntry[] {
  const [reference] = tags;
  return [
    {
      id: 'pull',
      label: 'Pull again',
      icon: <Download size={15} />,
      disabledReason: reference === undefined ? 'It has no name to pull' : undefined,
      preview:
        reference === undefined
          ? undefined
          : { label: 'Pull', argv: commandArguments(commands.images.pull(reference)) },
      onAction: () => reference !== undefined && pull(reference),
    },
  ];
}

/** Everything that can be done with one image. */
export function imageMenu(image: Image, dialogs: ImageDialogs): MenuEntry[] {
  const reference = referenceOf(image);
  return [
    {
      id: 'run',
      label: 'Run…',
      icon: <PlayIcon size={13} />,
      preview: runPreview(image),
      onAction: () => run(image),
    },
    ...pullEntries(image),
    'separator',
    { id: 'tag', label: 'Tag…', icon: <Tag size={15} />, onAction: () => dialogs.tag(image) },
    {
      id: 'untag',
      label: 'Untag…',
      icon: <TagsIcon size={15} />,
      disabledReason: image.tags.length > 1 ? undefined : 'Its last name goes when it is deleted',
      onAction: () => dialogs.untag(image),
    },
    'separator',
    {
      id: 'copy-name',
      label: 'Copy name',
      icon: <ClipboardCopy size={15} />,
      onAction: () => copy(reference),
    },
    { id: 'copy-id', label: 'Copy ID', icon: <Fingerprint size={15} />, onAction: () => copy(image.id) },
    {
      id: 'inspect',
      label: 'Inspect',
      icon: <FileJson size={15} />,
      preview: { label: 'Inspect', argv: commandArguments(commands.images.inspect(reference)) },
      onAction: () => navigate({ page: 'images', id: image.id, tab: 'inspect' }),
    },
    'separator',
    {
      id: 'delete',
      label: 'Delete…',
      icon: <Trash2 size={15} />,
      shortcut: 'Del',
      danger: true,
      preview: removePreview([image]),
      onAction: () => dialogs.remove([image]),
    },
  ];
}
