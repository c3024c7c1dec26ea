import { Ellipsis, RotateCw, Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Container } from '#contract';
import { Button } from '#ui/Button';
import { IconButton } from '#ui/IconButton';
import { PlayIcon, StopIcon } from '#ui/icons';
import { IconMenuButton } from '#ui/MenuButton';
import type { MenuEntry } from '../../ui/menus';
import { act, deletePreview, previewOf, type Verb, verbs } from '../actions';
import { isUp } from '../state';

/** Room that rows keep below themselves so that the bar covers none. */
const BAR_ROOM_PX = 64;

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
  useRoomBelow();
  const up = selected.filter(isUp).length;
  const mix = [up > 0 ? `${up} running` : '', up < selected.length ? `${selected.length - up} stopped` : ''];
  return (
    <section
      aria-label="Selected containers"
      className="pop absolute bottom-[14px] left-1/2 -translate-x-1/2 flex items-center gap-1 h-11 pl-3.5 pr-1.5 whitespace-nowrap"
      style={{ zIndex: 'var(--g-z-bulk)' }}
    >
      <span className="font-strong num" role="status">
        {selected.length} selected
      </span>
      <span className="text-12 text-fg3 num mx-1.5 max-[1040px]:hidden">
        {mix.filter(Boolean).join(', ')}
      </span>
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
      <IconButton aria-label="Clear the selection" shortcut="Esc" onPress={onClear}>
        <X size={15} />
      </IconButton>
    </section>
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

function useRoomBelow() {
  const root = useRef(document.documentElement);
  useEffect(() => {
    const { style } = root.current;
    style.setProperty('--g-bulk-inset', `${BAR_ROOM_PX}px`);
    return () => {
      style.removeProperty('--g-bulk-inset');
    };
  }, []);
}
