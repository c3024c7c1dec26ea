import type { Container } from '#contract';
import type { BadgeTone } from '#ui/Badge';
import type { StateName } from '#ui/StateGlyph';
import { formatAgo, formatDuration } from '../../ui/format';

export interface StateWords {
  glyph: StateName;
  word: string;
  tone: BadgeTone;
  /** Beside the word: "for 3 h", "25 min ago, exit 137". */
  more: string;
}

const busyWords = {
  starting: 'Starting…',
  stopping: 'Stopping…',
  restarting: 'Restarting…',
  pausing: 'Pausing…',
  unpausing: 'Resuming…',
  killing: 'Killing…',
  renaming: 'Renaming…',
  deleting: 'Deleting…',
};

function ended(container: Container): StateWords {
  const { exitCode, finishedAt, startError, oomKilled } = container;
  const failed = oomKilled || startError !== '' || (exitCode !== 0 && exitCode !== 143 && exitCode !== null);
  const ago = finishedAt ? formatAgo(finishedAt) : '';
  return {
    glyph: failed ? 'failed' : 'exited',
    word: failed ? 'Failed' : 'Stopped',
    tone: failed ? 'danger' : 'plain',
    more: [ago, exitCode === null ? '' : `exit ${exitCode}`].filter(Boolean).join(', '),
  };
}

/** A container's state in shape, word and colour. */
export function stateWords(container: Container, now = Date.now()): StateWords {
  const { busy, state, health, startedAt } = container;
  const running = startedAt ? `for ${formatDuration(now - startedAt)}` : '';
  if (busy) return { glyph: 'busy', word: busyWords[busy], tone: 'plain', more: '' };
  switch (state) {
    case 'running':
      if (health === 'unhealthy')
        return { glyph: 'unhealthy', word: 'Unhealthy', tone: 'warn', more: running };
      return {
        glyph: 'running',
        word:
          health === 'healthy' ? 'Running, healthy' : health === 'starting' ? 'Running, checking' : 'Running',
        tone: 'ok',
        more: running,
      };
    case 'paused':
      return { glyph: 'paused', word: 'Paused', tone: 'info', more: running };
    case 'restarting':
      return {
        glyph: 'restarting',
        word: 'Restarting',
        tone: 'warn',
        more: `${container.restartCount} times so far`,
      };
    case 'removing':
      return { glyph: 'busy', word: 'Deleting…', tone: 'plain', more: '' };
    case 'created':
      if (container.startError !== '') return ended(container);
      return { glyph: 'created', word: 'Created', tone: 'plain', more: 'never started' };
    case 'exited':
    case 'dead':
      return ended(container);
  }
}

/** Address of a published port on this computer; null for what a browser cannot open. */
export function portAddress(
  hostIp: string | undefined,
  hostPort: number | undefined,
  protocol: string,
): string | null {
  if (hostPort === undefined || protocol !== 'tcp') return null;
  const everywhere = hostIp === undefined || ['', '0.0.0.0', '::', '127.0.0.1', '::1'].includes(hostIp);
  const host = everywhere ? 'localhost' : hostIp.includes(':') ? `[${hostIp}]` : hostIp;
  return `${host}:${hostPort}`;
}

/** Addresses of a container's published ports, each once. */
export function addressesOf(container: Container): string[] {
  const all = container.ports.map(({ hostIp, hostPort, protocol }) =>
    portAddress(hostIp, hostPort, protocol),
  );
  return [...new Set(all.filter((address) => address !== null))];
}
