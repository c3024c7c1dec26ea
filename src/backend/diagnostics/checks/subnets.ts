import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { type Check, hasEngine, noEngine, ok, textOf, usesVm, warning } from '../check';
import { addressRanges, findClashes, type HostRange, rangesOf, routedRanges } from '../subnets';

const run = promisify(execFile);

async function onLinux(signal: AbortSignal): Promise<HostRange[]> {
  const routes = routedRanges((await textOf('/proc/net/route')) ?? '');
  try {
    const { stdout } = await run('ip', ['-json', '-4', 'address'], { signal });
    return [...addressRanges(stdout), ...routes];
  } catch {
    // Without iproute2, or with one that knows no JSON, Node's list has to do.
    signal.throwIfAborted();
    return routes;
  }
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
      ...(context.platform === 'linux' ? await onLinux(signal) : []),
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
      network.predefined && usesVm(context)
        ? { kind: 'open', label: 'Open the configuration', page: 'settings', target: 'engine' }
        : network.predefined || used
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
