import type { PullsLeft } from '#contract';
import type { OciConnection } from './oci-connection';

/** The image that Docker names for this question: https://docs.docker.com/docker-hub/usage/pulls/ */
const hubProbe = { repository: 'ratelimitpreview/test', tag: 'latest' };

/** `100;w=21600`: so many in so many seconds. */
function readHeader(text: string | null): { count: number; seconds: number } | null {
  const match = /^\s*(\d+)\s*;\s*w=(\d+)/.exec(text ?? '');
  return match ? { count: Number(match[1]), seconds: Number(match[2]) } : null;
}

/**
 * How many pulls a registry has left for this sign-in or address; null where it does not say. Asked by HEAD, which
 * Docker Hub does not count.
 * @param image what is asked about; Docker Hub has one for that
 */
export async function readPullsLeft(
  registry: OciConnection,
  signal: AbortSignal,
  { repository, tag } = hubProbe,
): Promise<PullsLeft | null> {
  const { headers } = await registry.get({
    path: `/v2/${repository}/manifests/${tag}`,
    method: 'HEAD',
    scope: `repository:${repository}:pull`,
    what: 'The count of pulls',
    signal,
  });
  const limit = readHeader(headers.get('ratelimit-limit'));
  const remaining = readHeader(headers.get('ratelimit-remaining'));
  // Subscribers' pulls are not limited, and the headers are not there.
  if (!limit || !remaining) return null;
  return { limit: limit.count, remaining: remaining.count, windowSeconds: limit.seconds };
}
