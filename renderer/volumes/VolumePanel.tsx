import { FileJson, Trash2 } from 'lucide-react';
import type { Container, Volume } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { formatBytes } from '#ui/format';
import { type KeyValue, KeyValueList } from '#ui/KeyValueList';
import { UserList } from '../containers/Users';
import { Age } from '../data/Age';
import { useContainersOfVolume } from '../data/usage';
import { navigate } from '../shell/router';
import { PanelPart, SidePanel } from '../shell/SidePanel';
import { driverWords, removePreview } from './actions';

export function VolumePanel({
  volume,
  bytes,
  onDelete,
  onClose,
}: {
  volume: Volume;
  bytes: number | undefined;
  onDelete: () => void;
  onClose: () => void;
}) {
  const { name, project, anonymous, createdAt, driver, mountpoint } = volume;
  const users = useContainersOfVolume(name);
  const facts: KeyValue[] = [
    { label: 'Size', value: bytes === undefined ? 'not known' : formatBytes(bytes) },
    { label: 'Driver', value: driverWords(driver) },
    { label: 'Created', value: <Age at={createdAt} ago /> },
    {
      label: 'Kept at',
      value: (
        <>
          <span className="mono">{mountpoint}</span>{' '}
          <span className="inline-block -my-2 align-middle">
            <CopyButton label="Copy path" text={mountpoint} />
          </span>
          <span className="text-fg3 block">on the engine’s machine</span>
        </>
      ),
    },
  ];
  const made = project
    ? `Made by project ${project}`
    : anonymous
      ? 'Made for an image, without a name'
      : undefined;
  return (
    <SidePanel title={name} subtitle={made} onClose={onClose}>
      <PanelPart>
        <div className="text-12">
          <KeyValueList labelWidth={64} items={facts} />
        </div>
      </PanelPart>
      <PanelPart title="Used by, and where it is mounted">
        {users.length === 0 ? (
          <p className="text-12 text-fg3">No container uses it.</p>
        ) : (
          <UserList containers={users} note={(container) => <Mounted container={container} name={name} />} />
        )}
      </PanelPart>
      <div className="p-4 flex gap-2">
        <Button
          className="flex-1"
          icon={<FileJson size={15} />}
          aria-label={`Inspect ${name}`}
          preview={{ label: 'Inspect', argv: commandArguments(commands.volumes.inspect(name)) }}
          onPress={() => navigate({ page: 'volumes', name, tab: 'inspect' })}
        >
          Inspect
        </Button>
        <Button
          className="!px-2 !text-danger-fg"
          aria-label={`Delete ${name}`}
          tooltip="Delete"
          shortcut="Del"
          preview={removePreview([volume])}
          onPress={onDelete}
        >
          <Trash2 size={15} className="!m-0 !text-current" aria-hidden="true" />
        </Button>
      </div>
    </SidePanel>
  );
}

function Mounted({ container, name }: { container: Container; name: string }) {
  const mounts = container.mounts.filter((mount) => mount.name === name);
  return (
    <span className="mono !text-12">
      {mounts
        .map(({ destination, readOnly }) => `${destination}${readOnly ? ' (read only)' : ''}`)
        .join(', ')}
    </span>
  );
}
