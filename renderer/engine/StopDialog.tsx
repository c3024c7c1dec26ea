import { ConfirmDialog } from '#ui/ConfirmDialog';
import { StopIcon } from '#ui/icons';
import { NameList } from '#ui/NameList';
import { StateGlyph } from '#ui/StateGlyph';
import { lookOf } from '../containers/state';
import { plural } from '../ui/format';
import { restartVm, stopVm } from './orders';
import { useUpInVm } from './vmContainers';

/** Asks before an order that ends what runs in the VM. */
export function StopDialog({ verb, onClose }: { verb: 'stop' | 'restart'; onClose: () => void }) {
  const up = useUpInVm();
  const stops = verb === 'stop';
  return (
    <ConfirmDialog
      title={stops ? 'Stop the engine?' : 'Restart the engine?'}
      explanation={`${up ? `${plural(up.length, 'container')} ${up.length === 1 ? 'stops' : 'stop'}` : 'What runs in it stops'} with it. Containers with a restart policy start again when the engine does. What they wrote stays.`}
      confirmLabel={stops ? 'Stop the engine' : 'Restart the engine'}
      confirmIcon={stops ? <StopIcon /> : undefined}
      danger={false}
      onConfirm={() => void (stops ? stopVm() : restartVm())}
      onClose={onClose}
    >
      {up && (
        <NameList
          things={up.map((container) => ({
            key: container.id,
            icon: <StateGlyph state={lookOf(container).glyph} />,
            name: container.name,
          }))}
        />
      )}
    </ConfirmDialog>
  );
}
