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
import { ProblemBanner } from '#ui/ProblemView';
import { Select } from '#ui/Select';
import { ShowAsCommand } from '#ui/ShowAsCommand';
import { TextField } from '#ui/TextField';
import { client } from '../data/client';
import { problemOf, runAction } from '../data/problems';
import { useImageUsage } from '../data/usage';
import { pull, remove, removeCommand, untag } from './actions';
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
  const free = images.filter(({ id }) => !usage.has(id));
  // With nothing free the engine's refusal is the better answer: it names the container and offers what to do.
  const meant = free.length > 0 ? free : images;
  const kept = images.length - meant.length;
  const [only] = meant;
  const one = meant.length === 1 && only;
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

const INVALID = 'A name has small letters, digits and . _ - / in it, and perhaps a tag after a colon';

/** Gives an image one more name. */
export function TagDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const wanted = name.trim();
  const parsed = parseReference(wanted);
  const valid = parsed !== null && parsed.digest === null;
  const error = tried && !valid ? (wanted === '' ? 'Type a name' : INVALID) : undefined;

  async function confirm() {
    setTried(true);
    if (!valid || busy) return;
    setBusy(true);
    try {
      await client.images.tag({ id: image.id, reference: wanted });
      onClose();
    } catch (reason) {
      setFailure(reason);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={`Tag ${titleOf(image)}`}
      subtitle="Gives the image one more name. It takes no room on the disk."
      onClose={onClose}
      onConfirm={() => void confirm()}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" icon={<Tag size={15} />} busy={busy} onPress={() => void confirm()}>
            Tag
          </Button>
        </DialogButtons>
      }
    >
      <form
        className="px-5 pt-3 pb-5 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <TextField
          label="New name"
          layout="left"
          mono
          value={name}
          onChange={setName}
          onBlur={() => setTried(wanted !== '')}
          placeholder="team/app:1.0"
          help="Without a tag it becomes latest"
          error={error}
        />
        {failure !== null && (
          <ProblemBanner problem={problemOf(failure)} onAction={(action) => void runAction(action)} />
        )}
        {valid && <ShowAsCommand argv={commandArguments(commands.images.tag(referenceOf(image), wanted))} />}
      </form>
    </Dialog>
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
  const [tried, setTried] = useState(false);
  const wanted = reference.trim();
  const valid = parseReference(wanted) !== null;
  const error = tried && !valid ? (wanted === '' ? 'Type the name of an image' : INVALID) : undefined;
  const only = platform.trim() || undefined;

  function confirm() {
    setTried(true);
    if (!valid) return;
    pull(wanted, only);
    onClose();
  }

  return (
    <Dialog
      title="Pull an image"
      subtitle="Downloads an image from a registry. Discover helps to find one."
      onClose={onClose}
      onConfirm={confirm}
      footer={
        <>
          <span className="text-12 text-fg3">Goes on under Tasks when this closes</span>
          <DialogButtons>
            <Button onPress={onClose}>Cancel</Button>
            <Button variant="primary" icon={<Download size={15} />} onPress={confirm}>
              Pull
            </Button>
          </DialogButtons>
        </>
      }
    >
      <form
        className="px-5 pt-3 pb-5 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <TextField
          label="Image"
          layout="left"
          source="needed"
          mono
          value={reference}
          onChange={setReference}
          onBlur={() => setTried(wanted !== '')}
          placeholder="nginx:1.29"
          help="As after docker pull: a name, perhaps with a tag or a registry before it"
          error={error}
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
        {valid && <ShowAsCommand argv={commandArguments(commands.images.pull(wanted, only))} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
