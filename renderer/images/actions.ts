import type { Image } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import type { CommandPreview } from '#ui/commandStrip';
import { client } from '../data/client';
import { deleteWithUndo } from '../data/deletion';
import { showProblem } from '../data/problems';
import { openRun } from '../run/store';
import { namesToRemove, referenceOf, titleOf } from './names';

export const run = (image: Image): void => openRun(referenceOf(image));

/** Downloads it; the tasks in the title bar show how far it is. */
export function pull(reference: string): void {
  client.images.pull({ reference }).catch((error: unknown) => showProblem(error));
}

export function untag(reference: string): void {
  client.images.untag({ reference }).catch((error: unknown) => showProblem(error, () => untag(reference)));
}

/** Deletes them, with the time to undo it. */
export function remove(images: readonly Image[]): void {
  const [only] = images;
  const what = images.length === 1 && only ? titleOf(only) : `${images.length} images`;
  const ids = images.map(({ id }) => id);
  void deleteWithUndo(() => client.images.remove({ ids }), `${what} deleted`);
}

export const removeCommand = (images: readonly Image[]): string[] =>
  commandArguments(commands.images.remove(images.flatMap(namesToRemove)));

export const removePreview = (images: readonly Image[]): CommandPreview => ({
  label: images.length > 1 ? `Delete ${images.length}` : 'Delete',
  argv: removeCommand(images),
});

/** The shortest line that runs it; the Run dialog shows the whole one. */
export const runPreview = (image: Image): CommandPreview => ({
  label: 'Run',
  argv: ['docker', 'run', '--detach', referenceOf(image)],
});
