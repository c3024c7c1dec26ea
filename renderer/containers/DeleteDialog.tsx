import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { isUp } from '#contract/container-state';
import { Checkbox } from '#ui/Checkbox';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { StateGlyph } from '#ui/StateGlyph';
import { useVolumes } from '../data/projection';
import { formatAgo, plural } from '../ui/format';
import { cutTip } from '../ui/tip';
import { remove } from './actions';
import { lookOf } from './state';

/** Longer lists scroll: nobody reads forty names, but they can. */
const LIST_HEIGHT = 'max-h-[216px]';

function fate(container: Container): string {
  if (isUp(container)) return `is ${lookOf(container).word.toLowerCase()} and will be stopped first`;
  if (container.state === 'created') return container.startError ? 'could not start' : 'never started';
  const ended = container.finishedAt === null ? '' : ` ${formatAgo(container.finishedAt)}`;
  if (container.oomKilled) return `ran out of memory${ended}`;
  return lookOf(container).glyph === 'failed' ? `failed${ended}` : `ended${ended}`;
}

/** Asks before containers are deleted: what is lost, what stays. */
export function DeleteDialog({
  containers,
  onDelete,
  onClose,
}: {
  containers: readonly Container[];
  /** The deletion has begun: rows vanish. */
  onDelete?: () => void;
  onClose: () => void;
}) {
  const [volumes, setVolumes] = useState(false);
  const unnamed = useUnnamedVolumes(containers);
  const [only] = containers;
  const one = containers.length === 1 && only;
  return (
    <ConfirmDialog
      title={one ? `Delete ${only.name}?` : `Delete ${containers.length} containers?`}
      explanation={
        one
          ? 'Files written inside it are lost. Its image and named volumes stay.'
          : 'Files written inside them are lost. Their images and named volumes stay.'
      }
      confirmLabel={one ? 'Delete' : `Delete ${containers.length}`}
      confirmIcon={<Trash2 size={15} />}
      note="You can undo this for 8 seconds"
      argv={commandArguments(
        commands.containers.remove(
          containers.map(({ name }) => name),
          { volumes },
        ),
      )}
      onConfirm={() => {
        remove(containers, { volumes });
        onDelete?.();
      }}
      onClose={onClose}
    >
      <ul className={`rounded-[8px] border border-line divide-y divide-line overflow-auto ${LIST_HEIGHT}`}>
        {containers.map((container) => (
          <li key={container.id} className="flex items-center gap-2.5 px-3 h-9 min-w-0">
            <StateGlyph state={lookOf(container).glyph} />
            <bdi className="font-medium truncate max-w-[55%]" {...cutTip(container.name)}>
              {container.name}
            </bdi>
            <span className="text-fg3 truncate num">{fate(container)}</span>
          </li>
        ))}
      </ul>
      {unnamed > 0 && (
        <Checkbox checked={volumes} onChange={setVolumes}>
          <span className="text-fg2">
            Also delete {one ? 'its' : 'their'} {plural(unnamed, 'unnamed volume')}
          </span>
        </Checkbox>
      )}
    </ConfirmDialog>
  );
}

/** Volumes that the engine made for an image without giving them a name: nobody finds them again. */
function useUnnamedVolumes(containers: readonly Container[]): number {
  const anonymous = new Set(
    useVolumes()
      .filter((volume) => volume.anonymous)
      .map(({ name }) => name),
  );
  return new Set(
    containers.flatMap(({ mounts }) =>
      mounts.flatMap(({ name }) => (name !== undefined && anonymous.has(name) ? [name] : [])),
    ),
  ).size;
}
