import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { isRunning } from '#contract/container-state';
import { navigate } from '../../shell/router';
import type { CommandPreview } from '../../ui/commandStrip';
import { act, isVerb, previewOf, toggleVerb, type Verb } from '../actions';
import type { RowDialogs } from './rowMenu';

/** The verb that a letter stands for, here and now. */
function verbOf(container: Container, letter: string): Verb | null {
  if (letter === 's') return toggleVerb(container);
  if (letter === 'r') return 'restart';
  if (letter === 'p') return container.state === 'paused' ? 'unpause' : 'pause';
  return null;
}

interface RowKeyContext {
  selected: readonly Container[];
  /** Whether single letters mean something: a setting. */
  letters: boolean;
  dialogs: RowDialogs;
}

/** A key pressed while a row has the cursor; true when it meant something. */
export function rowKey(
  container: Container,
  key: string,
  { selected, letters, dialogs }: RowKeyContext,
): boolean {
  // With a selection the row belongs to, keys mean all of it.
  const meant = selected.some(({ id }) => id === container.id) ? selected : [container];
  if (key === 'Delete') dialogs.remove(meant);
  else if (key === 'F2') dialogs.rename(container);
  else if (key.length === 1 && letters) return letter(container, key.toLowerCase(), meant);
  else return false;
  return true;
}

function letter(container: Container, key: string, meant: readonly Container[]): boolean {
  const verb = verbOf(container, key);
  if (verb) void act(verb, meant);
  else if (key === 'l') navigate({ page: 'containers', id: container.id, tab: 'logs' });
  else if (key === 't' && isRunning(container)) {
    navigate({ page: 'containers', id: container.id, tab: 'terminal' });
  } else return false;
  return true;
}

/** What a row's button would run, for the command strip. */
export function previewOfAction(container: Container, action: string): CommandPreview | undefined {
  const { name } = container;
  if (isVerb(action)) return previewOf(action, [container]);
  if (action === 'logs') {
    return { label: 'Logs', argv: commandArguments(commands.containers.logs(name, { follow: true })) };
  }
  if (action === 'terminal') {
    return { label: 'Terminal', argv: commandArguments(commands.containers.terminal(name, '/bin/sh')) };
  }
  return undefined;
}
