import type { ProblemAction } from '#contract/problem';
import { change, showNetworks } from './actions';
import type { SaidEntry } from './entry';

/** Can be undone for a moment. */
function removeUnused(unused: { id: string; name: string }[]): ProblemAction[] {
  const [first] = unused;
  if (!first) return [];
  const label = unused.length === 1 ? `Delete ${first.name}` : `Delete these ${unused.length} networks`;
  const input = { ids: unused.map(({ id }) => id) };
  return [{ kind: 'call', label, procedure: 'networks.remove', input }];
}

/** What goes wrong with networks and their address ranges. */
export const networkEntries: readonly SaidEntry[] = [
  {
    code: 'network-in-use',
    status: [403, 409],
    pattern: /(?:network (\S+)|(\S+)) has active endpoints|network (\S+) id \S+ has active endpoints/,
    explain: ([, first, second, third], context) => {
      const name = context.name ?? first ?? second ?? third ?? 'The network';
      const connected = context.connected ?? [];
      return {
        title: `Containers are connected to ${name}`,
        explanation: connected.length
          ? `${connected.map((each) => each.name).join(', ')} would lose it.`
          : 'A network can be deleted when nothing is connected to it.',
        actions:
          context.id && connected.length
            ? [
                {
                  kind: 'call',
                  label: connected.length === 1 ? 'Disconnect it' : `Disconnect all ${connected.length}`,
                  procedure: 'networks.disconnect',
                  input: { id: context.id, containerIds: connected.map((each) => each.id) },
                },
              ]
            : [],
      };
    },
  },
  {
    code: 'network-predefined',
    status: [403],
    pattern:
      /(\S+) is a pre-defined network and cannot be removed|operation is not permitted on predefined (\S+) network/,
    explain: ([, first, second], context) => ({
      title: `The network ${context.name ?? first ?? second ?? ''} belongs to the engine`,
      explanation: 'The engine made it and needs it; it cannot be deleted.',
      actions: [],
    }),
  },
  {
    code: 'network-gone',
    status: [404],
    pattern: /network (\S+) not found|No such network: (\S+)/i,
    explain: ([, first, second], context) => ({
      title: `The network ${first ?? second ?? context.name ?? ''} does not exist`,
      explanation: 'It was deleted, or never made.',
      actions: [showNetworks],
    }),
  },
  {
    code: 'network-name-taken',
    status: [409],
    pattern: /network with name (\S+) already exists/,
    explain: ([, name = '']) => ({
      title: `A network called ${name} already exists`,
      explanation: 'Names are unique on one engine.',
      actions: [showNetworks],
    }),
  },
  {
    code: 'network-already-connected',
    status: [403],
    pattern: /endpoint with name (\S+) already exists in network (\S+)/,
    explain: ([, container = '', network = '']) => ({
      title: `${container} is connected to ${network} already`,
      explanation: 'A container can be in a network once.',
      actions: [],
    }),
  },
  {
    code: 'address-pool-empty',
    pattern:
      /all predefined address pools have been fully subnetted|could not find an available, non-overlapping/,
    explain: (_match, { unusedNetworks = [] }) => {
      const names = unusedNetworks.map(({ name }) => name).join(', ');
      return {
        title: 'The engine has no address range left for another network',
        explanation: `Each network takes a range, and all of them are taken: by networks, or by a VPN.${names ? ` No container is connected to ${names}.` : ''}`,
        actions: [...removeUnused(unusedNetworks), showNetworks],
      };
    },
  },
  {
    code: 'address-range-taken',
    pattern: /Pool overlaps with other one on this address space/,
    explain: () => ({
      title: 'This address range is taken',
      explanation: 'Another network has a part of it. Choose another range, or let the engine choose.',
      actions: [change('Let the engine choose', 'subnet', undefined)],
    }),
  },
  {
    code: 'address-range-invalid',
    pattern:
      /invalid (?:CIDR address|subnet[^\n:]*): ?(\S*)|no configured subnet (?:or ip-range )?contain|invalid gateway address|failed to allocate gateway \([^)]*\): Requested address is out of range/,
    explain: ([, subnet]) => ({
      title: `${subnet || 'This'} is not an address range that works`,
      explanation: 'A range is written like 172.30.0.0/16, and its gateway is an address inside of it.',
      actions: [change('Let the engine choose', 'subnet', undefined)],
    }),
  },
];
