import { Plus } from 'lucide-react';
import { useState } from 'react';
import { commandArguments, commands } from '#contract/commands';
import type { ProblemAction } from '#contract/problem';
import { Button } from '#ui/Button';
import { Checkbox } from '#ui/Checkbox';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { ProblemBanner } from '#ui/ProblemView';
import { Select } from '#ui/Select';
import { ShowAsCommand } from '#ui/ShowAsCommand';
import { TextField } from '#ui/TextField';
import { client } from '../data/client';
import { problemOf, runAction } from '../data/problems';
import { useNetworks } from '../data/projection';
import { navigate } from '../shell/router';

const drivers = [
  { value: 'bridge', label: 'bridge', help: 'A network of its own; containers find each other by name' },
  {
    value: 'macvlan',
    label: 'macvlan',
    help: 'Containers appear in the engine’s network with own hardware addresses',
  },
  { value: 'ipvlan', label: 'ipvlan', help: 'The same with the engine’s hardware address' },
] as const;
type Driver = (typeof drivers)[number]['value'];

/** As newer engines have it; older ones take nearly anything, which no other tool can name then. */
const goodName = /^[a-zA-Z0-9][\w.-]*$/;

function nameError(name: string, taken: boolean): string | undefined {
  if (name === '') return 'Type a name';
  if (!goodName.test(name)) return 'Letters, digits and _ . - only, and a letter or digit first';
  return taken ? `A network called ${name} already exists` : undefined;
}

export function NewNetworkDialog({ onClose }: { onClose: () => void }) {
  const networks = useNetworks();
  const [typed, setTyped] = useState('');
  const [driver, setDriver] = useState<Driver>('bridge');
  const [internal, setInternal] = useState(false);
  const [subnet, setSubnet] = useState('');
  const [gateway, setGateway] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const name = typed.trim();
  const wrong = nameError(
    name,
    networks.some((network) => network.name === name),
  );
  const options = {
    driver,
    internal,
    ...(subnet.trim() ? { subnet: subnet.trim() } : {}),
    ...(subnet.trim() && gateway.trim() ? { gateway: gateway.trim() } : {}),
  };

  async function confirm() {
    setTried(true);
    if (wrong !== undefined || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const { id } = await client.networks.create({ name, ...options });
      onClose();
      navigate({ page: 'networks', id });
    } catch (reason) {
      setFailure(reason);
      setBusy(false);
    }
  }

  /** The only fields that the engine offers to change are those of the range. */
  function repair(action: ProblemAction) {
    if (action.kind === 'retry') return void confirm();
    if (action.kind !== 'change') return void runAction(action);
    setSubnet('');
    setGateway('');
    setFailure(null);
  }

  return (
    <Dialog
      title="New network"
      subtitle="Containers on one network find each other by name; others do not reach them there."
      onClose={onClose}
      onConfirm={() => void confirm()}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" icon={<Plus size={15} />} busy={busy} onPress={() => void confirm()}>
            Create network
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
          label="Name"
          layout="left"
          source="needed"
          value={typed}
          onChange={setTyped}
          onBlur={() => setTried(tried || name !== '')}
          placeholder="shop"
          error={tried ? wrong : undefined}
        />
        <Select<Driver> label="Driver" layout="left" value={driver} onChange={setDriver} options={drivers} />
        <div className="pl-[148px]">
          <Checkbox checked={internal} onChange={setInternal}>
            Internal: no way out to other networks
          </Checkbox>
        </div>
        <TextField
          label="Addresses"
          layout="left"
          source="optional"
          mono
          value={subnet}
          onChange={setSubnet}
          placeholder="172.30.0.0/16"
          help="Left empty, the engine chooses a free range"
        />
        {subnet.trim() !== '' && (
          <TextField
            label="Gateway"
            layout="left"
            source="optional"
            mono
            value={gateway}
            onChange={setGateway}
            placeholder="the first address of the range"
          />
        )}
        {failure !== null && <ProblemBanner problem={problemOf(failure)} onAction={repair} />}
        {wrong === undefined && (
          <ShowAsCommand argv={commandArguments(commands.networks.create(name, options))} />
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
