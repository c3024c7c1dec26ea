import type { Container, Network } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import type { CommandPreview } from '#ui/commandStrip';
import { client } from '../data/client';
import { deleteWithUndo } from '../data/deletion';
import { showFailures, showProblem } from '../data/problems';
import { navigate } from '../shell/router';

/** Deletes them, with the time to undo it. */
export function remove(networks: readonly Network[]): void {
  const [only] = networks;
  const what = networks.length === 1 && only ? only.name : `${networks.length} networks`;
  const ids = networks.map(({ id }) => id);
  void deleteWithUndo(() => client.networks.remove({ ids }), `${what} deleted`);
}

export const removeCommand = (networks: readonly Network[]): string[] =>
  commandArguments(commands.networks.remove(networks.map(({ name }) => name)));

export const removePreview = (networks: readonly Network[]): CommandPreview => ({
  label: networks.length > 1 ? `Delete ${networks.length}` : 'Delete',
  argv: removeCommand(networks),
});

/** Takes containers out of the network, running or not; what fails is shown. */
export async function disconnect(network: Network, containers: readonly Container[]): Promise<void> {
  try {
    const containerIds = containers.map(({ id }) => id);
    showFailures(await client.networks.disconnect({ id: network.id, containerIds }));
  } catch (error) {
    showProblem(error, () => void disconnect(network, containers));
  }
}

export const disconnectPreview = (network: Network, container: Container): CommandPreview => ({
  label: 'Disconnect',
  argv: commandArguments(commands.networks.disconnect(network.name, container.name)),
});

export const inspect = ({ id }: Network): void => navigate({ page: 'networks', id, tab: 'inspect' });

export const inspectPreview = ({ name }: Network): CommandPreview => ({
  label: 'Inspect',
  argv: commandArguments(commands.networks.inspect(name)),
});
