import type { Container, Outcome } from '#contract';
import { type CommandPart, commandArguments, commands } from '#contract/commands';
import { isRunning, isUp } from '#contract/container-state';
import { client } from '../data/client';
import { deleteWithUndo } from '../data/deletion';
import { showFailures, showProblem } from '../data/problems';
import type { CommandPreview } from '../ui/commandStrip';

export type Verb = 'start' | 'stop' | 'restart' | 'pause' | 'unpause' | 'kill';

interface VerbFacts {
  label: string;
  call: (ids: string[]) => Promise<Outcome>;
  command: (names: string[]) => CommandPart[];
  /** Which containers it does something to. */
  fits: (container: Container) => boolean;
}

/** Every lifecycle verb: its word, its call, the command that does the same, and what it can be done to. */
export const verbs: Record<Verb, VerbFacts> = {
  start: {
    label: 'Start',
    call: (ids) => client.containers.start({ ids }),
    command: commands.containers.start,
    fits: ({ state }) => state === 'created' || state === 'exited' || state === 'dead',
  },
  stop: {
    label: 'Stop',
    call: (ids) => client.containers.stop({ ids }),
    command: commands.containers.stop,
    fits: isUp,
  },
  restart: {
    label: 'Restart',
    call: (ids) => client.containers.restart({ ids }),
    command: commands.containers.restart,
    fits: isUp,
  },
  pause: {
    label: 'Pause',
    call: (ids) => client.containers.pause({ ids }),
    command: commands.containers.pause,
    fits: isRunning,
  },
  unpause: {
    label: 'Resume',
    call: (ids) => client.containers.unpause({ ids }),
    command: commands.containers.unpause,
    fits: ({ state }) => state === 'paused',
  },
  kill: {
    label: 'Kill',
    call: (ids) => client.containers.kill({ ids }),
    command: commands.containers.kill,
    fits: isUp,
  },
};

export const isVerb = (action: string): action is Verb => action in verbs;

/** What S does: the other state of it. */
export const toggleVerb = (container: Container): Verb =>
  container.state === 'paused' ? 'unpause' : isUp(container) ? 'stop' : 'start';

/** Does it, and shows what failed. Containers that it makes no sense for are left out. */
export async function act(verb: Verb, containers: readonly Container[]): Promise<void> {
  const ids = containers
    .filter((container) => !container.busy && verbs[verb].fits(container))
    .map(({ id }) => id);
  if (ids.length === 0) return;
  try {
    showFailures(await verbs[verb].call(ids));
  } catch (error) {
    showProblem(error, () => void act(verb, containers));
  }
}

/** Deletes them, with the time to undo it. */
export function remove(containers: readonly Container[], options: { volumes: boolean }): void {
  const ids = containers.map(({ id }) => id);
  const [only] = containers;
  const what = containers.length === 1 && only ? only.name : `${containers.length} containers`;
  void deleteWithUndo(() => client.containers.remove({ ids, volumes: options.volumes }), `${what} deleted`);
}

/** What a verb would run, for the command strip. */
export function previewOf(verb: Verb, containers: readonly Container[]): CommandPreview {
  const names = containers.map(({ name }) => name);
  const label = containers.length > 1 ? `${verbs[verb].label} ${containers.length}` : verbs[verb].label;
  return { label, argv: commandArguments(verbs[verb].command(names)) };
}

export function deletePreview(containers: readonly Container[]): CommandPreview {
  const label = containers.length > 1 ? `Delete ${containers.length}` : 'Delete';
  return { label, argv: commandArguments(commands.containers.remove(containers.map(({ name }) => name))) };
}
