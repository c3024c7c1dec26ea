import { ArrowRight, Folder, HardDrive, MemoryStick, Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunSpec } from '#contract';
import { Button } from '#ui/Button';
import { Checkbox } from '#ui/Checkbox';
import { ComboBox } from '#ui/ComboBox';
import { IconButton } from '#ui/IconButton';
import { TextField } from '#ui/TextField';
import { useVolumes } from '../../data/projection';
import { useRunForm } from '../form/useRunForm';
import { Findings } from './Findings';
import { Help, Row } from './Row';

type Mount = RunSpec['mounts'][number];

/** Mounts with their place in the run's list, which their findings go by. */
const placed = (mounts: readonly Mount[]) => mounts.map((mount, index) => ({ mount, index }));

function useMounts() {
  const { spec, set, addedRow } = useRunForm();
  return {
    mounts: spec.mounts,
    add: (mount: Mount) => {
      addedRow(`mounts.${spec.mounts.length}`);
      set({ mounts: [...spec.mounts, mount] });
    },
    change: (index: number, part: Partial<Mount>) =>
      set({ mounts: spec.mounts.map((mount, at) => (at === index ? { ...mount, ...part } : mount)) }),
    remove: (index: number) => set({ mounts: spec.mounts.filter((_, at) => at !== index) }),
  };
}

/** Named volumes: where the container's data stays when it is deleted. */
export function VolumesField() {
  const { proposal } = useRunForm();
  const { mounts, add } = useMounts();
  const volumes = placed(mounts).filter(({ mount }) => mount.type === 'volume');
  const source = proposal?.sources.mounts;
  const tag = source === 'image' ? 'from the image' : source && 'usual for it';
  return (
    <Row label="Keep data in" term="volume" source={volumes.length > 0 ? tag : 'optional'}>
      {volumes.map(({ mount, index }) => (
        <VolumeRow key={index} mount={mount} index={index} />
      ))}
      {volumes.length > 0 && <Help>What is in a volume stays when the container is deleted.</Help>}
      <span>
        <Button
          variant="link"
          icon={<Plus size={14} />}
          onPress={() => add({ type: 'volume', source: '', target: '', readOnly: false })}
        >
          Add a volume
        </Button>
      </span>
    </Row>
  );
}

function VolumeRow({ mount, index }: { mount: Mount; index: number }) {
  const { leave } = useRunForm();
  const { change } = useMounts();
  const volumes = useVolumes();
  const { source } = mount;
  const isNew = source !== '' && !volumes.some(({ name }) => name === source);
  const options = volumes
    .filter(({ anonymous }) => !anonymous)
    .map(({ name }) => ({ value: name, label: name }));
  return (
    <MountRow mount={mount} index={index} lasting help={isNew ? 'Gantry makes this volume.' : undefined}>
      <ComboBox
        label={`Volume for ${mount.target || 'a folder'}`}
        labelHidden
        icon={<HardDrive size={14} className="shrink-0" />}
        value={source}
        onChange={(text) => change(index, { source: text })}
        onBlur={() => leave(`mounts.${index}`)}
        options={options}
        placeholder="one without a name"
      />
    </MountRow>
  );
}

/** Folders of this computer, and storage that is gone when the container stops. */
export function FoldersField() {
  const { mounts, add, change } = useMounts();
  const { leave } = useRunForm();
  const folders = placed(mounts).filter(({ mount }) => mount.type !== 'volume');
  const row = (type: Mount['type']): Mount => ({ type, source: '', target: '', readOnly: false });
  return (
    <Row label="Folders" term="mount">
      {folders.map(({ mount, index }) => (
        <MountRow key={index} mount={mount} index={index}>
          {mount.type === 'tmpfs' ? (
            <span className="flex items-center gap-2 h-[30px] text-fg2">
              <MemoryStick size={14} /> In memory
            </span>
          ) : (
            <TextField
              label={`Folder of this computer for ${mount.target || 'the container'}`}
              labelHidden
              mono
              icon={<Folder size={14} />}
              value={mount.source}
              onChange={(source) => change(index, { source })}
              onBlur={() => leave(`mounts.${index}`)}
              placeholder="/home/me/project"
            />
          )}
        </MountRow>
      ))}
      <span className="flex gap-4">
        <Button variant="link" icon={<Plus size={14} />} onPress={() => add(row('bind'))}>
          Add a folder
        </Button>
        <Button variant="link" icon={<Plus size={14} />} onPress={() => add(row('tmpfs'))}>
          Add storage in memory
        </Button>
      </span>
    </Row>
  );
}

/** What is mounted, where it appears inside, and whether the container may change it. */
function MountRow({
  mount,
  index,
  lasting,
  help,
  children,
}: {
  mount: Mount;
  index: number;
  /** The read-only choice is left out until it is on: data is there to be written. */
  lasting?: boolean;
  help?: string | undefined;
  children: ReactNode;
}) {
  const { leave } = useRunForm();
  const { change, remove } = useMounts();
  const field = `mounts.${index}`;
  return (
    <div data-run-field={field} className="grid grid-cols-1 gap-1.5">
      <div className="flex items-center gap-1.5">
        <div className="flex-1 min-w-0">{children}</div>
        <ArrowRight size={14} className="text-fg3 shrink-0" aria-label="appears at" />
        <TextField
          className="flex-1 min-w-0"
          label={`Place inside the container for ${mount.source || 'it'}`}
          labelHidden
          mono
          value={mount.target}
          onChange={(target) => change(index, { target })}
          onBlur={() => leave(field)}
          placeholder="/data"
        />
        <IconButton
          size="sm"
          aria-label={`Remove ${mount.target || 'this row'}`}
          onPress={() => remove(index)}
        >
          <X size={14} />
        </IconButton>
      </div>
      {help && <Help>{help}</Help>}
      {(!lasting || mount.readOnly) && (
        <Checkbox checked={mount.readOnly} onChange={(readOnly) => change(index, { readOnly })}>
          <span className="text-12 text-fg2">Read only: the container cannot change these files</span>
        </Checkbox>
      )}
      <Findings field={field} />
    </div>
  );
}
