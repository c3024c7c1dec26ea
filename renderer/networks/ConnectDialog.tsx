import { Plug } from 'lucide-react';
import { useState } from 'react';
import type { Network } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { ComboBox } from '#ui/ComboBox';
import { StateGlyph } from '#ui/StateGlyph';
import { lookOf } from '../containers/state';
import { client } from '../data/client';
import { useContainers } from '../data/projection';
import { FormDialog } from '../shell/FormDialog';
import { membersOf } from './members';

/** Asks which container to connect. */
export function ConnectDialog({ network, onClose }: { network: Network; onClose: () => void }) {
  const containers = useContainers();
  const [typed, setTyped] = useState('');
  const members = new Set(membersOf(network, containers));
  const free = containers.filter((container) => !members.has(container));
  const name = typed.trim();
  const chosen = containers.find((container) => container.name === name);
  const wrong = !chosen
    ? 'Choose one of the containers'
    : members.has(chosen)
      ? 'It is connected already'
      : undefined;
  return (
    <FormDialog
      title={`Connect a container to ${network.name}`}
      subtitle="It keeps the networks it has, and needs no restart."
      confirmLabel="Connect"
      confirmIcon={<Plug size={15} />}
      wrong={wrong === undefined ? 0 : 1}
      argv={commandArguments(commands.networks.connect(network.name, name))}
      onConfirm={async () => {
        if (chosen) await client.networks.connect({ id: network.id, containerId: chosen.id });
      }}
      onClose={onClose}
    >
      {(tried) => (
        <ComboBox
          label="Container"
          layout="left"
          value={typed}
          onChange={setTyped}
          options={free.map((container) => {
            const { glyph, word } = lookOf(container);
            return {
              value: container.id,
              label: container.name,
              icon: <StateGlyph state={glyph} size={12} />,
              end: word,
            };
          })}
          emptyText={free.length === 0 ? 'All containers are connected' : 'No container is called that'}
          error={tried ? wrong : undefined}
        />
      )}
    </FormDialog>
  );
}
