import { Plug } from 'lucide-react';
import { useState } from 'react';
import type { Network } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { ComboBox } from '#ui/ComboBox';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { ProblemBanner } from '#ui/ProblemView';
import { ShowAsCommand } from '#ui/ShowAsCommand';
import { StateGlyph } from '#ui/StateGlyph';
import { lookOf } from '../containers/state';
import { client } from '../data/client';
import { problemOf, runAction } from '../data/problems';
import { useContainers } from '../data/projection';
import { membersOf } from './members';

/** Asks which container to connect. */
export function ConnectDialog({ network, onClose }: { network: Network; onClose: () => void }) {
  const containers = useContainers();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const members = new Set(membersOf(network, containers));
  const free = containers.filter((container) => !members.has(container));
  const chosen = containers.find(({ name }) => name === typed.trim());
  const error = !tried
    ? undefined
    : !chosen
      ? 'Choose one of the containers'
      : members.has(chosen)
        ? 'It is connected already'
        : undefined;

  async function confirm() {
    setTried(true);
    if (!chosen || members.has(chosen) || busy) return;
    setBusy(true);
    try {
      await client.networks.connect({ id: network.id, containerId: chosen.id });
      onClose();
    } catch (reason) {
      setFailure(reason);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={`Connect a container to ${network.name}`}
      subtitle="It keeps the networks it has, and needs no restart."
      onClose={onClose}
      onConfirm={() => void confirm()}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" icon={<Plug size={15} />} busy={busy} onPress={() => void confirm()}>
            Connect
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
        <ComboBox
          label="Container"
          layout="left"
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setFailure(null);
          }}
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
          error={error}
        />
        {failure !== null && (
          <ProblemBanner problem={problemOf(failure)} onAction={(action) => void runAction(action)} />
        )}
        {chosen && !members.has(chosen) && (
          <ShowAsCommand argv={commandArguments(commands.networks.connect(network.name, chosen.name))} />
        )}
      </form>
    </Dialog>
  );
}
