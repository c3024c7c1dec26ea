import { HardDrive, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Volume } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { formatBytes, plural } from '#ui/format';
import { NameList } from '#ui/NameList';
import { TextField } from '#ui/TextField';
import { InUseDialog } from '../containers/InUseDialog';
import { client } from '../data/client';
import { useVolumes } from '../data/projection';
import { useVolumeUsage } from '../data/usage';
import { FormDialog } from '../shell/FormDialog';
import { navigate } from '../shell/router';
import { remove, removeCommand, titleOf } from './actions';

/** Asks before volumes are deleted: it names them and what is lost, because nothing brings them back. */
export function DeleteVolumesDialog({
  volumes,
  sizes,
  onClose,
}: {
  volumes: readonly Volume[];
  /** Bytes by name, as far as they are known. */
  sizes: Readonly<Record<string, number>>;
  onClose: () => void;
}) {
  const usage = useVolumeUsage();
  const meant = volumes.filter(({ name }) => !usage.has(name));
  const kept = volumes.length - meant.length;
  const [only] = meant;
  const one = meant.length === 1 && only;
  if (meant.length === 0) {
    const [first] = volumes;
    return (
      <InUseDialog
        title={volumes.length === 1 && first ? `${titleOf(first)} is in use` : 'These volumes are in use'}
        text="A volume can be deleted when no container uses it, running or not."
        containers={[...new Set(volumes.flatMap(({ name }) => usage.get(name) ?? []))]}
        onClose={onClose}
      />
    );
  }
  const total = meant.reduce((sum, { name }) => sum + (sizes[name] ?? 0), 0);
  const lost = total > 0 ? `${formatBytes(total)} of data` : 'All data';
  return (
    <ConfirmDialog
      title={one ? `Delete ${titleOf(only)}?` : `Delete ${meant.length} volumes?`}
      explanation={`${lost} in ${one ? 'it' : 'them'} is lost. Nothing brings it back once the time to undo is over.`}
      confirmLabel={one ? 'Delete' : `Delete ${meant.length}`}
      confirmIcon={<Trash2 size={15} />}
      note="You can undo this for 8 seconds"
      argv={removeCommand(meant)}
      onConfirm={() => remove(meant)}
      onClose={onClose}
    >
      <NameList
        things={meant.map((volume) => {
          const bytes = sizes[volume.name];
          return {
            key: volume.name,
            icon: <HardDrive size={15} className="text-fg3 shrink-0" aria-hidden="true" />,
            name: volume.name,
            note: bytes === undefined ? 'size unknown' : formatBytes(bytes),
          };
        })}
      />
      {kept > 0 && (
        <p className="text-fg2">
          {plural(kept, 'volume')} {kept === 1 ? 'stays: a container uses it' : 'stay: containers use them'}.
        </p>
      )}
    </ConfirmDialog>
  );
}

/** The engine's own rule for names (moby, volume/local). */
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

function nameError(name: string, taken: boolean): string | undefined {
  if (name === '') return 'Type a name';
  if (taken) return 'There is a volume of this name already';
  if (!namePattern.test(name)) {
    return 'Two or more letters, digits, . _ or -, the first one a letter or a digit';
  }
  return undefined;
}

export function CreateVolumeDialog({ onClose }: { onClose: () => void }) {
  const volumes = useVolumes();
  const [name, setName] = useState('');
  const [driver, setDriver] = useState('');
  const wanted = name.trim();
  const error = nameError(
    wanted,
    volumes.some((volume) => volume.name === wanted),
  );
  const chosen = driver.trim() || undefined;
  return (
    <FormDialog
      title="Create a volume"
      subtitle="A volume keeps data when its container is deleted, and can be used by several."
      confirmLabel="Create"
      confirmIcon={<Plus size={15} />}
      wrong={error === undefined ? 0 : 1}
      argv={commandArguments(commands.volumes.create(wanted, chosen))}
      onConfirm={async () => {
        const made = await client.volumes.create({ name: wanted, driver: chosen });
        navigate({ page: 'volumes', name: made.name });
      }}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <TextField
            label="Name"
            layout="left"
            source="needed"
            mono
            value={name}
            onChange={setName}
            placeholder="shop-data"
            error={tried || wanted !== '' ? error : undefined}
          />
          <TextField
            label="Driver"
            layout="left"
            source="optional"
            mono
            value={driver}
            onChange={setDriver}
            placeholder="local"
            help="Who keeps the data. Empty takes the engine’s own disk."
          />
        </>
      )}
    </FormDialog>
  );
}
