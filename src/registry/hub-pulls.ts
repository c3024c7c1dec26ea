import type { PullsLeft } from '#contract';
import type { OciConnection } from './oci-connection';

/** The repository that Docker names for this question: https://docs.docker.com/docker-hub/usage/pulls/ */
const repository = 'ratelimitpreview/test';

/** `100;w=21600`: so many in so many seconds. */
function readHeader(text: string | null): { count: number; seconds: number } | null {
  const match = /^\s*(\d+)\s*;\s*w=(\d+)/.exec(text ?? '');
  return match ? { count: Number(match[1]), seconds: Number(match[2]) } : null;
}

/** How many pulls Docker Hub has left for this sign-in or address. Asked by HEAD, which it does not count. */
export async function readPullsLeft(hub: OciConnection, signal: AbortSignal): Promise<PullsLeft | null> {
  const { headers } = await hub.get({
    path: `/v2/${repository}/manifests/latest`,
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
