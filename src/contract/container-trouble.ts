import type { Container } from './containers';

/** Why somebody should look at a container. */
export type Trouble =
  /** The engine starts it again and again. */
  | 'restarting'
  | 'unhealthy'
  | 'out-of-memory'
  | 'could-not-start'
  /** The engine could not delete it. */
  | 'dead'
  /** It ended by itself with an exit code that means a failure. */
  | 'failed';

/** Ended by a signal that somebody sent: Ctrl-C, kill, stop. That is no failure of the program. */
export const endedOnRequest: ReadonlySet<number> = new Set([130, 137, 143]);

/** What is wrong with a container, whatever is being done with it just now; null when nothing is. */
export function troubleOf({ state, health, oomKilled, startError, exitCode }: Container): Trouble | null {
  if (state === 'restarting') return 'restarting';
  if (state === 'dead') return 'dead';
  if (state === 'running') return health === 'unhealthy' ? 'unhealthy' : null;
  if (state === 'exited' && oomKilled) return 'out-of-memory';
  if (startError) return 'could-not-start';
  if (state !== 'exited' || exitCode === null || exitCode === 0) return null;
  return endedOnRequest.has(exitCode) ? null : 'failed';
}
