import type { Container } from '#contract';
import { lookOf, needsLook } from '../containers/state';
import { plural } from '../ui/format';

export interface Attention {
  container: Container;
  /** What follows the name: "runs, but its health check failed 3 times in a row." */
  words: string;
  /** Whether its last printed line may say why. */
  lastWords: boolean;
  action: { label: string; tab: string };
}

const logs = { label: 'Open logs', tab: 'logs' };
const reason = { label: 'See why', tab: 'overview' };

function wordsOf(container: Container): Omit<Attention, 'container'> {
  const { state, health, failingStreak, oomKilled, exitCode, startError } = container;
  if (state === 'restarting') {
    return { words: 'stops right after it starts.', lastWords: true, action: logs };
  }
  if (state === 'running' && health === 'unhealthy') {
    const times = failingStreak > 1 ? ` ${plural(failingStreak, 'time')} in a row` : '';
    const action = { label: 'See the check', tab: 'overview' };
    return { words: `runs, but its health check failed${times}.`, lastWords: false, action };
  }
  if (oomKilled) return { words: 'ran out of memory.', lastWords: false, action: reason };
  if (startError) return { words: 'could not start.', lastWords: false, action: reason };
  if (state === 'dead') return { words: 'could not be deleted.', lastWords: false, action: reason };
  return { words: `ended with exit code ${exitCode}.`, lastWords: true, action: logs };
}

const rank = ({ container }: Attention) => (lookOf(container).glyph === 'failed' ? 1 : 0);
const when = ({ container }: Attention) => container.finishedAt ?? container.createdAt;

/** What somebody should look at: first what is up and not well, then what failed, the latest first. */
export function attentionOf(containers: readonly Container[]): Attention[] {
  return containers
    .filter((container) => !container.busy && needsLook(container))
    .map((container) => ({ container, ...wordsOf(container) }))
    .sort((one, other) => rank(one) - rank(other) || when(other) - when(one));
}
