import type { Container, Network } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { isUp } from '#contract/container-state';
import type { CommandPreview } from '#ui/commandStrip';
import { client } from '../data/client';
import { deleteWithUndo } from '../data/deletion';
import { showFailures, showProblem } from '../data/problems';
import { useProjection } from '../data/projection';
import { navigate } from '../shell/router';
import { membersOf } from './members';

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
    showFailures(await client.networks.disconnect(pick(network, containers)));
  } catch (error) {
    showProblem(error, () => void disconnect(network, containers));
  }
}

/** Disconnects what is in a network and deletes it, with the time to undo the deletion. */
export async function emptyAndRemove(network: Network, containers: readonly Container[]): Promise<void> {
  try {
    const outcome = await client.networks.disconnect(pick(network, containers));
    showFailures(outcome);
    if (outcome.failed.length > 0) return;
    await untilEmpty(network);
    remove([network]);
  } catch (error) {
    showProblem(error, () => void emptyAndRemove(network, containers));
  }
}

const pick = (network: Network, containers: readonly Container[]) => ({
  id: network.id,
  containerIds: containers.map(({ id }) => id),
});

/** The engine tells a moment later that containers have left; before that a deletion would be refused. */
function untilEmpty(network: Network): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (membersOf(network, useProjection.getState().containers.list).some(isUp)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = useProjection.subscribe(check);
    check();
  });
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
