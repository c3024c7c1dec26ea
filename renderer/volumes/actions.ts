import type { Volume } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import type { CommandPreview } from '#ui/commandStrip';
import { shortId } from '#ui/format';
import { client } from '../data/client';
import { deleteWithUndo } from '../data/deletion';

/** Names that the engine made are 64 digits long; their beginning tells them apart. */
export const titleOf = ({ name, anonymous }: Pick<Volume, 'name' | 'anonymous'>): string =>
  anonymous ? shortId(name) : name;

/** Deletes them, with the time to undo it. */
export function remove(volumes: readonly Volume[]): void {
  const [only] = volumes;
  const what = volumes.length === 1 && only ? titleOf(only) : `${volumes.length} volumes`;
  const names = volumes.map(({ name }) => name);
  void deleteWithUndo(() => client.volumes.remove({ names }), `${what} deleted`);
}

export const removeCommand = (volumes: readonly Volume[]): string[] =>
  commandArguments(commands.volumes.remove(volumes.map(({ name }) => name)));

export const removePreview = (volumes: readonly Volume[]): CommandPreview => ({
  label: volumes.length > 1 ? `Delete ${volumes.length}` : 'Delete',
  argv: removeCommand(volumes),
});

/** How a list names the driver that came with the engine. */
export const driverWords = (driver: string): string =>
  driver === 'local' ? 'local, on the engine’s disk' : driver;
