import { networkInterfaces } from 'node:os';
import { type Check, hasEngine, noEngine, ok, textOf, warning } from '../check';
import { findClashes, type HostRange, ownAddresses, rangesOf, routedRanges } from '../subnets';

async function routed(): Promise<HostRange[]> {
  const [table, trie] = await Promise.all(['/proc/net/route', '/proc/net/fib_trie'].map(textOf));
  return routedRanges(table ?? '', ownAddresses(trie ?? ''));
}

/** Whether a network of containers has addresses that this computer reaches elsewhere, as in a VPN. */
export const subnets: Check = {
  id: 'subnets',
  title: 'Addresses of networks',
  async run(context, signal) {
    if (!(await hasEngine(context, signal))) return noEngine;
    const { networks, containers } = context.services.engine.projection.snapshot();
    const ranges = [
      ...rangesOf(networkInterfaces()),
      ...(context.platform === 'linux' ? await routed() : []),
    ];
    const [clash] = findClashes(networks.values(), ranges);
    if (!clash) return ok('no clash');
    const { network, subnet, range } = clash;
    const used = [...containers.values()].some((container) =>
      container.networks.some(({ id }) => id === network.id),
    );
    return warning(
      `The network ${network.name} has the addresses of ${range.interface}`,
      `Both have addresses in ${subnet} (${range.interface}: ${range.cidr}). Containers cannot reach computers there, or this computer cannot. ${network.predefined ? 'Give the engine another range with “bip” in its daemon.json.' : 'Make the network again with another range.'}`,
      network.predefined || used
        ? { kind: 'open', label: 'Show the network', page: 'networks', target: network.id }
        : {
            kind: 'call',
            label: 'Delete the network',
            procedure: 'networks.remove',
            input: { ids: [network.id] },
          },
    );
  },
};
