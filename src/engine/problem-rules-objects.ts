import type { ProblemAction } from '#contract/problem';
import { type ProblemRule, shortId } from './problem-rule';

const show = (holder: { id: string; name: string }): ProblemAction => ({
  kind: 'open',
  label: `Show ${holder.name}`,
  page: 'containers',
  target: holder.id,
});

/** What goes wrong with containers, volumes and networks that are already there. */
export const objectRules: ProblemRule[] = [
  {
    code: 'still-running',
    status: [409],
    pattern:
      /[Yy]ou cannot remove a \w+ container|cannot remove container "?\/?([^\s":]+)"?: container is \w+|stop the container before removing/i,
    make: ([, name], context) => ({
      title: `${context.name ?? name ?? 'The container'} is still running`,
      explanation: 'It has to stop before it can be deleted.',
      actions: context.id
        ? [
            {
              kind: 'call',
              label: 'Stop and delete',
              procedure: 'containers.remove',
              input: { ids: [context.id] },
            },
          ]
        : [],
    }),
  },
  {
    code: 'removal-in-progress',
    status: [409],
    pattern: /removal of container \S+ is already in progress|is marked for removal/,
    make: (_match, context) => ({
      title: `${context.name ?? 'The container'} is being deleted`,
      explanation: 'The engine has begun with it already.',
      actions: [],
    }),
  },
  {
    code: 'crash-loop',
    status: [409],
    pattern: /Container (\S+) is restarting, wait until the container is running/,
    make: ([, id = ''], context) => {
      const name = context.name ?? shortId(id);
      const target = context.id ?? id;
      return {
        title: `${name} starts and ends again and again`,
        explanation: 'Its restart policy starts it each time that it fails. The log says why it fails.',
        actions: [
          { kind: 'call', label: 'Stop the loop', procedure: 'containers.stop', input: { ids: [target] } },
          { kind: 'open', label: 'Show its log', page: 'containers', target, tab: 'logs' },
        ],
      };
    },
  },
  {
    code: 'container-paused',
    status: [409, 500],
    pattern: /[Cc]ontainer (?:\S+ )?is (?:already )?paused|cannot start a paused container/,
    make: (_match, context) => ({
      title: `${context.name ?? 'The container'} is paused`,
      explanation: 'While it is paused nothing in it runs.',
      actions: context.id
        ? [{ kind: 'call', label: 'Resume', procedure: 'containers.unpause', input: { ids: [context.id] } }]
        : [],
    }),
  },
  {
    code: 'container-not-paused',
    status: [409, 500],
    pattern: /[Cc]ontainer \S+ is not paused/,
    make: (_match, context) => ({
      title: `${context.name ?? 'The container'} is not paused`,
      explanation: 'Somebody continued it in the meantime.',
      actions: [],
    }),
  },
  {
    code: 'container-not-running',
    status: [409, 500],
    pattern: /[Cc]ontainer (\S+) is not running/,
    make: ([, id = ''], context) => ({
      title: `${context.name ?? shortId(id)} is not running`,
      explanation: 'This works with running containers only.',
      actions: [
        {
          kind: 'call',
          label: 'Start it',
          procedure: 'containers.start',
          input: { ids: [context.id ?? id] },
        },
      ],
    }),
  },
  {
    code: 'container-gone',
    status: [404],
    pattern: /No such container: (\S+)/,
    make: ([, id = ''], context) => ({
      title: `${context.name ?? `The container ${shortId(id)}`} does not exist any more`,
      explanation: 'Somebody deleted it in the meantime.',
      actions: [],
    }),
  },
  {
    code: 'volume-in-use',
    status: [409],
    pattern: /remove (\S+): volume is in use - \[([0-9a-f]+)/,
    make: ([, volume = '', id = ''], context) => {
      const holder = context.holder ?? { id, name: `container ${shortId(id)}` };
      return {
        title: `${context.name ?? volume} belongs to ${holder.name}`,
        explanation: 'A volume can be deleted when no container uses it, running or not.',
        actions: [show(holder)],
      };
    },
  },
  {
    code: 'volume-gone',
    status: [404],
    pattern: /(?:get (\S+): )?no such volume(?:: (\S+))?/,
    make: ([, first, second], context) => ({
      title: `The volume ${context.name ?? first ?? second ?? ''} does not exist any more`,
      explanation: 'Somebody deleted it in the meantime.',
      actions: [],
    }),
  },
  {
    code: 'network-in-use',
    status: [403, 409],
    pattern: /(?:network (\S+)|(\S+)) has active endpoints|network (\S+) id \S+ has active endpoints/,
    make: ([, first, second, third], context) => {
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
    make: ([, first, second], context) => ({
      title: `The network ${context.name ?? first ?? second ?? ''} belongs to the engine`,
      explanation: 'The engine made it and needs it; it cannot be deleted.',
      actions: [],
    }),
  },
  {
    code: 'network-gone',
    status: [404],
    pattern: /network (\S+) not found|No such network: (\S+)/i,
    make: ([, first, second], context) => ({
      title: `The network ${first ?? second ?? context.name ?? ''} does not exist`,
      explanation: 'It was deleted, or never made.',
      actions: [{ kind: 'open', label: 'Show networks', page: 'networks' }],
    }),
  },
  {
    code: 'network-name-taken',
    status: [409],
    pattern: /network with name (\S+) already exists/,
    make: ([, name = '']) => ({
      title: `A network called ${name} already exists`,
      explanation: 'Names are unique on one engine.',
      actions: [{ kind: 'open', label: 'Show networks', page: 'networks' }],
    }),
  },
  {
    code: 'network-already-connected',
    status: [403],
    pattern: /endpoint with name (\S+) already exists in network (\S+)/,
    make: ([, container = '', network = '']) => ({
      title: `${container} is connected to ${network} already`,
      explanation: 'A container can be in a network once.',
      actions: [],
    }),
  },
  {
    code: 'address-pool-empty',
    pattern:
      /all predefined address pools have been fully subnetted|could not find an available, non-overlapping/,
    make: () => ({
      title: 'The engine has no address range left for another network',
      explanation: 'Each network takes a range, and all of them are taken: by networks, or by a VPN.',
      actions: [{ kind: 'open', label: 'Show networks', page: 'networks' }],
    }),
  },
  {
    code: 'address-range-taken',
    pattern: /Pool overlaps with other one on this address space/,
    make: () => ({
      title: 'This address range is taken',
      explanation: 'Another network has a part of it. Choose another range, or let the engine choose.',
      actions: [{ kind: 'change', label: 'Let the engine choose', field: 'subnet', value: undefined }],
    }),
  },
  {
    code: 'address-range-invalid',
    pattern:
      /invalid (?:CIDR address|subnet[^\n:]*): ?(\S*)|no configured subnet (?:or ip-range )?contain|invalid gateway address|failed to allocate gateway \([^)]*\): Requested address is out of range/,
    make: ([, subnet]) => ({
      title: `${subnet || 'This'} is not an address range that works`,
      explanation: 'A range is written like 172.30.0.0/16, and its gateway is an address inside of it.',
      actions: [{ kind: 'change', label: 'Let the engine choose', field: 'subnet', value: undefined }],
    }),
  },
];
