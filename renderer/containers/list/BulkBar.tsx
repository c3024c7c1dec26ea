import { Ellipsis, RotateCw, Trash2 } from 'lucide-react';
import type { Container } from '#contract';
import { isUp } from '#contract/container-state';
import { BulkBar as Bar } from '#ui/BulkBar';
import { Button } from '#ui/Button';
import { PlayIcon, StopIcon } from '#ui/icons';
import { IconMenuButton } from '#ui/MenuButton';
import type { MenuEntry } from '../../ui/menus';
import { act, deletePreview, previewOf, type Verb, verbs } from '../actions';

const plainVerbs: { verb: Verb; icon: React.ReactNode }[] = [
  { verb: 'start', icon: <PlayIcon size={13} /> },
  { verb: 'stop', icon: <StopIcon /> },
  { verb: 'restart', icon: <RotateCw size={15} /> },
];
const rareVerbs: Verb[] = ['pause', 'unpause', 'kill'];

/** What can be done with all selected containers; each verb says how many it is for. */
export function BulkBar({
  selected,
  onDelete,
  onClear,
}: {
  selected: readonly Container[];
  onDelete: () => void;
  onClear: () => void;
}) {
  const up = selected.filter(isUp).length;
  const mix = [up > 0 ? `${up} running` : '', up < selected.length ? `${selected.length - up} stopped` : ''];
  return (
    <Bar
      label="Selected containers"
      count={selected.length}
      note={mix.filter(Boolean).join(', ')}
      onClear={onClear}
    >
      {plainVerbs.map(({ verb, icon }) => (
        <VerbButton key={verb} verb={verb} icon={icon} selected={selected} />
      ))}
      <RareVerbs selected={selected} />
      <Button
        variant="quiet"
        className="!text-danger-fg"
        icon={<Trash2 size={15} />}
        preview={deletePreview(selected)}
        onPress={onDelete}
      >
        Delete {selected.length}…
      </Button>
    </Bar>
  );
}

function VerbButton({
  verb,
  icon,
  selected,
}: {
  verb: Verb;
  icon: React.ReactNode;
  selected: readonly Container[];
}) {
  const fitting = selected.filter(verbs[verb].fits);
  if (fitting.length === 0) return null;
  return (
    <Button
      variant="quiet"
      icon={icon}
      preview={previewOf(verb, fitting)}
      onPress={() => void act(verb, fitting)}
    >
      {verbs[verb].label} {fitting.length}
    </Button>
  );
}

function RareVerbs({ selected }: { selected: readonly Container[] }) {
  const entries = rareVerbs.flatMap((verb): MenuEntry[] => {
    const fitting = selected.filter(verbs[verb].fits);
    if (fitting.length === 0) return [];
    return [
      {
        id: verb,
        label: `${verbs[verb].label} ${fitting.length}`,
        preview: previewOf(verb, fitting),
        onAction: () => void act(verb, fitting),
      },
    ];
  });
  if (entries.length === 0) return null;
  return (
    <IconMenuButton
      size="md"
      aria-label="More for the selected"
      icon={<Ellipsis size={15} />}
      items={entries}
    />
  );
}
