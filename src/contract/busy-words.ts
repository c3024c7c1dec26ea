import type { Container } from './containers';

/** What is being done to a container, in words for lists and menus. */
export const busyWords: Record<NonNullable<Container['busy']>, string> = {
  starting: 'Starting…',
  stopping: 'Stopping…',
  restarting: 'Restarting…',
  pausing: 'Pausing…',
  unpausing: 'Resuming…',
  killing: 'Killing…',
  renaming: 'Renaming…',
  deleting: 'Deleting…',
};
