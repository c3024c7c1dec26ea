import { Ellipsis, Trash2 } from 'lucide-react';
import type { Image } from '#contract';
import { Badge } from '#ui/Badge';
import { RowAction, RowActions } from '#ui/DataTable';
import { cutMiddle, shortId } from '#ui/format';
import { PlayIcon } from '#ui/icons';
import { cutTip, tip } from '#ui/tip';
import { Users } from '../../containers/Users';
import { useContainersOfImage } from '../../data/usage';
import { nameOf, titleOf } from '../names';

/** Tags that have room beside the name; the others are counted. */
const TAGS_SHOWN = 2;
/** Longer names are cut in the middle before the cell cuts them, so that their ends can be told apart. */
const NAME_LIMIT = 52;
const TAG_LIMIT = 24;

export function NameCell({ image }: { image: Image }) {
  const { name, tags, others } = nameOf(image);
  const more = [...tags.slice(TAGS_SHOWN), ...others];
  return (
    <span className="flex items-center gap-2 min-w-0">
      {name === null ? (
        <span className="text-fg3">No name</span>
      ) : (
        <bdi className="font-medium truncate" {...(name.length > NAME_LIMIT ? tip(name) : cutTip(name))}>
          {cutMiddle(name, NAME_LIMIT)}
        </bdi>
      )}
      {image.tags.length === 0 && (
        <span className="mono text-fg3 !text-[11px] max-[1040px]:hidden">{shortId(image.id)}</span>
      )}
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <TagBadge key={tag} tag={tag} />
      ))}
      {more.length > 0 && (
        <span className="text-12 text-fg3 num" {...tip(more.join(', '))}>
          +{more.length}
        </span>
      )}
    </span>
  );
}

export function TagBadge({ tag, also = false }: { tag: string; also?: boolean }) {
  return (
    <span className="shrink-0">
      <Badge tooltip={tag.length > TAG_LIMIT ? tag : undefined}>
        <bdi className="mono !text-[11px]">
          {also && 'also '}
          {cutMiddle(tag, TAG_LIMIT)}
        </bdi>
      </Badge>
    </span>
  );
}

export function UsedByCell({ image }: { image: Image }) {
  const users = useContainersOfImage(image.id);
  return (
    <Users containers={users} none={image.tags.length > 0 ? 'unused' : 'dangling, no name points to it'} />
  );
}

export function ActionsCell({ image }: { image: Image }) {
  const unused = useContainersOfImage(image.id).length === 0;
  const title = titleOf(image);
  return (
    <RowActions>
      {image.tags.length === 0 && unused ? (
        <RowAction action="delete" label={`Delete ${title}`} tooltip="Delete" shortcut="Del">
          <Trash2 size={15} />
        </RowAction>
      ) : (
        <RowAction action="run" label={`Run ${title}`} tooltip="Run">
          <PlayIcon size={13} />
        </RowAction>
      )}
      <RowAction action="menu" label={`More actions for ${title}`} tooltip="More actions">
        <Ellipsis size={15} />
      </RowAction>
    </RowActions>
  );
}
