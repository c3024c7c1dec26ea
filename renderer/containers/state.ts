import type { Container } from '#contract';
import { busyWords } from '#contract/busy-words';
import { isRunning } from '#contract/container-state';
import { endedOnRequest, troubleOf } from '#contract/container-trouble';
import type { StateName } from '../ui/StateGlyph';

/** How a container's state reads: shape, word, and what is worth adding. */
export interface ContainerLook {
  glyph: StateName;
  word: string;
  tone: 'plain' | 'warn' | 'danger';
  /** Added after the word: "healthy", "out of memory", "4th try". */
  notes: readonly string[];
  /** A time that belongs to the word: since then, or ago. */
  time: { at: number; ago: boolean } | null;
}

export type Segment = 'all' | 'running' | 'attention' | 'stopped';

const plain = (glyph: StateName, word: string, more: Partial<ContainerLook> = {}): ContainerLook => ({
  glyph,
  word,
  tone: 'plain',
  notes: [],
  time: null,
  ...more,
});

function ordinal(count: number): string {
  const tens = count % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

function running(container: Container): ContainerLook {
  const { health, startedAt } = container;
  if (health === 'unhealthy') {
    // No count: the engine tells when health changes, not each check that fails after that.
    return plain('unhealthy', 'Unhealthy', { tone: 'warn', notes: ['its checks fail'] });
  }
  const notes = health === 'healthy' ? ['healthy'] : health === 'starting' ? ['first checks'] : [];
  return plain('running', 'Running', {
    notes,
    time: startedAt === null ? null : { at: startedAt, ago: false },
  });
}

function exited({ exitCode, oomKilled, finishedAt }: Container): ContainerLook {
  const time = finishedAt === null ? null : { at: finishedAt, ago: true };
  if (oomKilled) return plain('failed', 'Failed', { tone: 'danger', notes: ['out of memory'], time });
  if (exitCode === null || exitCode === 0 || endedOnRequest.has(exitCode))
    return plain('exited', 'Exited', { time });
  return plain('failed', 'Failed', { tone: 'danger', notes: [`exit code ${exitCode}`], time });
}

/** What a list shows of a container's state. */
export function lookOf(container: Container): ContainerLook {
  if (container.busy) return plain('busy', busyWords[container.busy]);
  switch (container.state) {
    case 'running':
      return running(container);
    case 'paused':
      return plain('paused', 'Paused');
    case 'restarting':
      return plain('restarting', 'Restarting', {
        tone: 'warn',
        notes: container.restartCount > 0 ? [`${ordinal(container.restartCount)} try`] : [],
      });
    case 'created':
      return plain('created', 'Created', {
        notes: [container.startError ? 'could not start' : 'never started'],
      });
    case 'exited':
      return exited(container);
    case 'removing':
      return plain('busy', 'Deleting…');
    case 'dead':
      return plain('failed', 'Failed', { tone: 'danger', notes: ['the engine could not delete it'] });
  }
}

/** Whether somebody should look at it: it failed, fails again and again, or says it is not well. */
export const needsLook = (container: Container): boolean => troubleOf(container) !== null;

const isStopped = ({ state }: Container): boolean =>
  state === 'created' || state === 'exited' || state === 'dead';

export function isIn(container: Container, segment: Segment): boolean {
  if (segment === 'running') return isRunning(container);
  if (segment === 'attention') return needsLook(container);
  return segment === 'all' || isStopped(container);
}

const ranks: Record<StateName, number> = {
  failed: 0,
  unhealthy: 1,
  restarting: 2,
  busy: 3,
  running: 4,
  paused: 5,
  created: 6,
  exited: 7,
};

/** Sorts states by how much they want to be seen. */
export const stateRank = (container: Container): number => ranks[lookOf(container).glyph];
