import type { Container, Outcome } from '#contract';
import { type CommandPart, commandArguments, commands } from '#contract/commands';
import { client } from '../../data/client';
import { showFailures, showProblem } from '../../data/problems';
import type { CommandPreview } from '../../ui/commandStrip';
import { showToast } from '../../ui/toasts';

export type Verb = 'start' | 'stop' | 'restart' | 'pause' | 'unpause' | 'kill';

const labels: Record<Verb, string> = {
  start: 'Start',
  stop: 'Stop',
  restart: 'Restart',
  pause: 'Pause',
  unpause: 'Resume',
  kill: 'Kill',
};

export const verbLabel = (verb: Verb) => labels[verb];

export const preview = (label: string, command: CommandPart[]): CommandPreview => ({
  label,
  argv: commandArguments(command),
});

export const verbPreview = (verb: Verb, name: string) =>
  preview(labels[verb], commands.containers[verb]([name]));

/** Does it, and shows what failed. The projection tells what came of it. */
export async function act(verb: Verb, { id }: Container): Promise<void> {
  const input = { ids: [id] };
  const procedures: Record<Verb, () => Promise<Outcome>> = {
    start: () => client.containers.start(input),
    stop: () => client.containers.stop(input),
    restart: () => client.containers.restart(input),
    pause: () => client.containers.pause(input),
    unpause: () => client.containers.unpause(input),
    kill: () => client.containers.kill(input),
  };
  try {
    showFailures(await procedures[verb]());
  } catch (error) {
    showProblem(error);
  }
}

/** Deletes it, with the time to undo that. */
export async function deleteContainer({ id, name }: Container): Promise<void> {
  try {
    const { taskId } = await client.containers.remove({ ids: [id] });
    showToast({
      kind: 'success',
      title: `${name} deleted`,
      undo: () => void client.tasks.cancel({ taskId }).catch(showProblem),
    });
  } catch (error) {
    showProblem(error);
  }
}
