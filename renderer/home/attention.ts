import type { Container } from '#contract';
import { type Trouble, troubleOf } from '#contract/container-trouble';
import { lookOf } from '../containers/state';
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

function wordsOf({ failingStreak, exitCode }: Container, trouble: Trouble): Omit<Attention, 'container'> {
  switch (trouble) {
    case 'restarting':
      return { words: 'stops right after it starts.', lastWords: true, action: logs };
    case 'unhealthy': {
      const times = failingStreak > 1 ? ` ${plural(failingStreak, 'time')} in a row` : '';
      const action = { label: 'See the check', tab: 'overview' };
      return { words: `runs, but its health check failed${times}.`, lastWords: false, action };
    }
    case 'out-of-memory':
      return { words: 'ran out of memory.', lastWords: false, action: reason };
    case 'could-not-start':
      return { words: 'could not start.', lastWords: false, action: reason };
    case 'dead':
      return { words: 'could not be deleted.', lastWords: false, action: reason };
    case 'failed':
      return { words: `ended with exit code ${exitCode}.`, lastWords: true, action: logs };
  }
}

const rank = ({ container }: Attention) => (lookOf(container).glyph === 'failed' ? 1 : 0);
const when = ({ container }: Attention) => container.finishedAt ?? container.createdAt;

/** What somebody should look at: first what is up and not well, then what failed, the latest first. */
export function attentionOf(containers: readonly Container[]): Attention[] {
  return containers
    .flatMap((container) => {
      const trouble = container.busy ? null : troubleOf(container);
      return trouble ? [{ container, ...wordsOf(container, trouble) }] : [];
    })
    .sort((one, other) => rank(one) - rank(other) || when(other) - when(one));
}
