import { Calendar, Container as ContainerIcon, Cpu, Ellipsis, Fingerprint } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { Container, Image, ImageDetails } from '#contract';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { formatBytes, plural, shortId } from '#ui/format';
import { PlayIcon } from '#ui/icons';
import { openMenu } from '#ui/menus';
import { cutTip, tip } from '#ui/tip';
import { Age } from '../../data/Age';
import { useContainersOfImage } from '../../data/usage';
import { navigate } from '../../shell/router';
import { formatRoute } from '../../shell/routes';
import { run, runPreview } from '../actions';
import { DeleteImagesDialog, TagDialog, UntagDialog } from '../dialogs';
import { TagBadge } from '../list/cells';
import { nameOf, titleOf } from '../names';
import { imageMenu } from '../rowMenu';

/** Other names that have room beside the title. */
const ALSO_SHOWN = 2;
/** Containers that are named in the header; the Used by tab has all. */
const USERS_SHOWN = 3;

export function ImageHeader({ image, details }: { image: Image; details: ImageDetails | undefined }) {
  const [dialog, setDialog] = useState<'tag' | 'untag' | 'delete' | null>(null);
  const users = useContainersOfImage(image.id);
  const title = titleOf(image);
  return (
    <header className="px-6 pt-3.5 pb-2">
      <nav aria-label="Where it is" className="text-12 text-fg3">
        <a href={formatRoute({ page: 'images' })} className="text-inherit">
          Images
        </a>
      </nav>
      <div className="flex items-center gap-3 mt-1 min-w-0">
        <h1 className="h1 min-w-0 truncate" {...cutTip(title)}>
          <bdi>{title}</bdi>
        </h1>
        <OtherNames image={image} />
        <span className="text-fg3 num whitespace-nowrap">
          {formatBytes(image.sizeBytes)}
          {details && `, ${plural(details.layers.filter(({ digest }) => digest !== '').length, 'layer')}`}
        </span>
        <span className="ml-auto flex gap-2 shrink-0">
          <Button
            variant="primary"
            icon={<PlayIcon />}
            aria-label={`Run ${title}`}
            preview={runPreview(image)}
            onPress={() => run(image)}
          >
            Run…
          </Button>
          <Button
            className="!px-2"
            aria-label={`More actions for ${title}`}
            aria-haspopup="menu"
            onPress={(anchor) =>
              openMenu({
                label: `More actions for ${title}`,
                anchor,
                items: imageMenu(image, {
                  tag: () => setDialog('tag'),
                  untag: () => setDialog('untag'),
                  remove: () => setDialog('delete'),
                }),
              })
            }
          >
            <Ellipsis size={16} className="!m-0" aria-hidden="true" />
          </Button>
        </span>
      </div>
      <div className="flex gap-4 mt-1 text-12 text-fg3 min-w-0">
        <span className="flex gap-1.5 items-center">
          <Fingerprint size={13} aria-hidden="true" />
          <span className="mono select-text">{shortId(image.id)}</span>
          <span className="-my-2">
            <CopyButton label="Copy ID" text={image.id} />
          </span>
        </span>
        {details && (
          <span className="flex gap-1.5 items-center whitespace-nowrap">
            <Cpu size={13} aria-hidden="true" />
            {details.os}/{details.arch}
          </span>
        )}
        <UsedBy users={users} />
        <span className="flex gap-1.5 items-center whitespace-nowrap max-[1040px]:hidden">
          <Calendar size={13} aria-hidden="true" />
          made <Age at={image.createdAt} ago />
        </span>
      </div>
      {dialog === 'tag' && <TagDialog image={image} onClose={() => setDialog(null)} />}
      {dialog === 'untag' && <UntagDialog image={image} onClose={() => setDialog(null)} />}
      {dialog === 'delete' && (
        <DeleteImagesDialog
          images={[image]}
          onDelete={() => navigate({ page: 'images' })}
          onClose={() => setDialog(null)}
        />
      )}
    </header>
  );
}

/** "also 2.3": its other tags of the same repository; whole names are too long for the title's line and are counted. */
function OtherNames({ image }: { image: Image }) {
  const { tags, others } = nameOf(image);
  const also = tags.slice(1, 1 + ALSO_SHOWN);
  const more = [...tags.slice(1 + ALSO_SHOWN), ...others];
  return (
    <>
      {also.map((name) => (
        <TagBadge key={name} tag={name} also />
      ))}
      {more.length > 0 && (
        <span className="text-12 text-fg3 num" {...tip(more.join(', '))}>
          +{more.length} {also.length === 0 && (more.length === 1 ? 'name' : 'names')}
        </span>
      )}
    </>
  );
}

function UsedBy({ users }: { users: readonly Container[] }) {
  return (
    <span className="flex gap-1.5 items-center min-w-0">
      <ContainerIcon size={13} aria-hidden="true" className="shrink-0" />
      <span className="truncate">
        {users.length === 0 && 'unused'}
        {users.slice(0, USERS_SHOWN).map(({ id, name }, index) => (
          <Fragment key={id}>
            {index === 0 ? 'used by ' : ', '}
            <a href={formatRoute({ page: 'containers', id })}>
              <bdi>{name}</bdi>
            </a>
          </Fragment>
        ))}
        {users.length > USERS_SHOWN && ` and ${users.length - USERS_SHOWN} more`}
      </span>
    </span>
  );
}
