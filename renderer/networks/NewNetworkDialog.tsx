import { Plus } from 'lucide-react';
import { useState } from 'react';
import { commandArguments, commands } from '#contract/commands';
import { Checkbox } from '#ui/Checkbox';
import { Select } from '#ui/Select';
import { TextField } from '#ui/TextField';
import { client } from '../data/client';
import { useNetworks } from '../data/projection';
import { FormDialog } from '../shell/FormDialog';
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
  const name = typed.trim();
  const wrong = nameError(
    name,
    networks.some((network) => network.name === name),
  );
  const range = subnet.trim();
  const options = {
    driver,
    internal,
    ...(range ? { subnet: range } : {}),
    ...(range && gateway.trim() ? { gateway: gateway.trim() } : {}),
  };
  return (
    <FormDialog
      title="Create a network"
      subtitle="Containers on one network find each other by name; others do not reach them there."
      confirmLabel="Create network"
      confirmIcon={<Plus size={15} />}
      wrong={wrong === undefined ? 0 : 1}
      argv={commandArguments(commands.networks.create(name, options))}
      onConfirm={async () => {
        const { id } = await client.networks.create({ name, ...options });
        navigate({ page: 'networks', id });
      }}
      onChange={() => {
        // The engine has something to say about the range only.
        setSubnet('');
        setGateway('');
      }}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <TextField
            label="Name"
            layout="left"
            source="needed"
            value={typed}
            onChange={setTyped}
            placeholder="shop"
            error={tried || name !== '' ? wrong : undefined}
          />
          <Select<Driver>
            label="Driver"
            layout="left"
            value={driver}
            onChange={setDriver}
            options={drivers}
          />
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
          {range !== '' && (
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
        </>
      )}
    </FormDialog>
  );
}
