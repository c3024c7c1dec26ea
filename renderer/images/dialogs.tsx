import { Download, Layers, Tag, TagsIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Image } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { parseReference } from '#contract/reference';
import { Button } from '#ui/Button';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { formatBytes, plural } from '#ui/format';
import { NameList } from '#ui/NameList';
import { Select } from '#ui/Select';
import { ShowAsCommand } from '#ui/ShowAsCommand';
import { TextField } from '#ui/TextField';
import { InUseDialog } from '../containers/InUseDialog';
import { client } from '../data/client';
import { useImageUsage } from '../data/usage';
import { FormDialog } from '../shell/FormDialog';
import { remove, removeCommand, untag } from './actions';
import { referenceOf, titleOf } from './names';

/** Asks before images are deleted. Those that containers need stay, and it says so. */
export function DeleteImagesDialog({
  images,
  onDelete,
  onClose,
}: {
  images: readonly Image[];
  onDelete?: () => void;
  onClose: () => void;
}) {
  const usage = useImageUsage();
  const meant = images.filter(({ id }) => !usage.has(id));
  const kept = images.length - meant.length;
  const [only] = meant;
  const one = meant.length === 1 && only;
  if (meant.length === 0) {
    const [first] = images;
    return (
      <InUseDialog
        title={images.length === 1 && first ? `${titleOf(first)} is in use` : 'These images are in use'}
        text="An image can be deleted when no container was made from it, running or not."
        containers={images.flatMap(({ id }) => usage.get(id) ?? [])}
        onClose={onClose}
      />
    );
  }
  const total = meant.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    <ConfirmDialog
      title={one ? `Delete ${titleOf(only)}?` : `Delete ${meant.length} images?`}
      explanation={
        one && only.tags.length > 1
          ? `All its ${only.tags.length} names go. What came from a registry can be pulled again.`
          : 'What came from a registry can be pulled again.'
      }
      confirmLabel={one ? 'Delete' : `Delete ${meant.length}`}
      confirmIcon={<Trash2 size={15} />}
      note="You can undo this for 8 seconds"
      argv={removeCommand(meant)}
      onConfirm={() => {
        remove(meant);
        onDelete?.();
      }}
      onClose={onClose}
    >
      <NameList
        things={meant.map((image) => ({
          key: image.id,
          icon: <Layers size={15} className="text-fg3 shrink-0" aria-hidden="true" />,
          name: titleOf(image),
          note: formatBytes(image.sizeBytes),
        }))}
      />
      {!one && (
        <p className="text-fg2 num">Together up to {formatBytes(total)}; what they share counts once.</p>
      )}
      {kept > 0 && (
        <p className="text-fg2">
          {plural(kept, 'image')} {kept === 1 ? 'stays: a container needs it' : 'stay: containers need them'}.
        </p>
      )}
    </ConfirmDialog>
  );
}

/** What is wrong with the name of an image; undefined when nothing is. `digest`: whether one may end it. */
function referenceError(text: string, { digest }: { digest: boolean }): string | undefined {
  if (text === '') return 'Type the name of an image';
  const parsed = parseReference(text);
  if (parsed && (digest || parsed.digest === null)) return undefined;
  return 'A name has lower-case letters, digits and . _ - / in it, and perhaps a tag after a colon';
}

/** Gives an image one more name. */
export function TagDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const [name, setName] = useState('');
  const wanted = name.trim();
  const error = referenceError(wanted, { digest: false });
  return (
    <FormDialog
      title={`Tag ${titleOf(image)}`}
      subtitle="Gives the image one more name. It takes no room on the disk."
      confirmLabel="Tag"
      confirmIcon={<Tag size={15} />}
      wrong={error === undefined ? 0 : 1}
      argv={commandArguments(commands.images.tag(referenceOf(image), wanted))}
      onConfirm={() => client.images.tag({ id: image.id, reference: wanted })}
      onClose={onClose}
    >
      {(tried) => (
        <TextField
          label="New name"
          layout="left"
          source="needed"
          mono
          value={name}
          onChange={setName}
          placeholder="team/app:1.0"
          help="Without a tag it becomes latest"
          error={tried ? error : undefined}
        />
      )}
    </FormDialog>
  );
}

/** Takes one of several names away. */
export function UntagDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const [name, setName] = useState(image.tags[0] ?? '');
  const confirm = () => {
    untag(name);
    onClose();
  };
  return (
    <Dialog
      title={`Untag ${titleOf(image)}`}
      subtitle="Takes one name away. The image stays, under its other names."
      onClose={onClose}
      onConfirm={confirm}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" icon={<TagsIcon size={15} />} onPress={confirm}>
            Untag
          </Button>
        </DialogButtons>
      }
    >
      <div className="px-5 pt-3 pb-5 grid gap-4">
        <Select
          label="Name"
          layout="left"
          value={name}
          onChange={setName}
          options={image.tags.map((tag) => ({ value: tag, label: tag }))}
        />
        <ShowAsCommand argv={commandArguments(commands.images.untag(name))} />
      </div>
    </Dialog>
  );
}

/** Asks what to pull. The download goes on in the tasks. */
export function PullDialog({ onClose }: { onClose: () => void }) {
  const [reference, setReference] = useState('');
  const [platform, setPlatform] = useState('');
  const wanted = reference.trim();
  const error = referenceError(wanted, { digest: true });
  const only = platform.trim() || undefined;
  return (
    <FormDialog
      title="Pull an image"
      subtitle="Downloads an image from a registry. Discover helps to find one."
      confirmLabel="Pull"
      confirmIcon={<Download size={15} />}
      note="Goes on under Tasks when this closes"
      wrong={error === undefined ? 0 : 1}
      argv={commandArguments(commands.images.pull(wanted, only))}
      onConfirm={async () => {
        await client.images.pull({ reference: wanted, platform: only });
      }}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <TextField
            label="Image"
            layout="left"
            source="needed"
            mono
            value={reference}
            onChange={setReference}
            placeholder="nginx:1.29"
            help="As after docker pull: a name, perhaps with a tag or a registry before it"
            error={tried ? error : undefined}
          />
          <TextField
            label="Platform"
            layout="left"
            source="optional"
            mono
            value={platform}
            onChange={setPlatform}
            placeholder="linux/arm64"
            help="Empty takes the engine’s own"
          />
        </>
      )}
    </FormDialog>
  );
}
